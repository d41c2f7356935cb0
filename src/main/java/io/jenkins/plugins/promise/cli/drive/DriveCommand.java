package io.jenkins.plugins.promise.cli.drive;

import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerOptions;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.JunitXml;
import io.jenkins.plugins.promise.cli.SuiteArgument;
import io.jenkins.plugins.promise.cli.ending.ScratchFolder;
import io.jenkins.plugins.promise.suite.CaseFile;
import io.jenkins.plugins.promise.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise drive}. */
@Command(
        name = "drive",
        mixinStandardHelpOptions = true,
        description = {
            "Submits a suite's cases (cases/*.yaml) to a controller, receives the callbacks itself, and checks that each accepted submission is settled once, reported, signed, and as its case expects."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise drive                                     each case once",
            "  promise drive my-suite --count 1000 --rate 50 --chaos 0.3 --html drive.html",
            "  promise drive --count 200 --rate 0                a burst",
            "  promise drive --count 60 --chaos 0.3 --retry 2s   what was refused is asked for again after 2 s",
            "  promise drive --controller https://ci.example --listen 0.0.0.0:9000 \\",
            "                --public-url https://tunnel.example",
            "",
            "The exit code is 0 if everything was accepted, delivered, and as expected."
        })
public final class DriveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SuiteArgument suiteArgument;

    @Mixin
    private ControllerArgument controller;

    @Option(names = "--case", paramLabel = "CASE", description = "Only this case; may be given many times.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--count", paramLabel = "N", description = "How many submissions (default: each case once).")
    private Integer count;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many a second; 0 for all at once (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = ControllerOptions.Times.class,
            defaultValue = "5m",
            description = "How long reports are waited for after the last submission (default: ${DEFAULT-VALUE}).")
    private Duration within;

    @Option(
            names = "--late-after",
            paramLabel = "TIME",
            converter = ControllerOptions.Times.class,
            defaultValue = "1m",
            description = "When a report counts as late (default: ${DEFAULT-VALUE}).")
    private Duration lateAfter;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            description = "Where callbacks are received; port 0 is any free one (default: ${DEFAULT-VALUE}).")
    private String listen;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "How the controller reaches that, where it is another address.")
    private URI publicUrl;

    @Option(
            names = "--signing-key",
            paramLabel = "KEY",
            defaultValue = "${PROMISE_SIGNING_KEY}",
            description =
                    "What callbacks are signed with (default: $PROMISE_SIGNING_KEY, or the keys of --home; without"
                            + " any, signatures are not checked).")
    private String signingKey;

    @Option(
            names = "--chaos",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "The share of callbacks, from 0 to 1, that its own receiver answers with 500, not at all, or"
                    + " with a closed connection.")
    private double chaos;

    @Option(
            names = "--retry",
            paramLabel = "TIME",
            converter = ControllerOptions.Times.class,
            description = "Ask for a report again so long after its chaos has treated it badly, instead of waiting"
                    + " for the controller's own schedule.")
    private Duration retry;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with charts there.")
    private Path html;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results there, as JUnit XML.")
    private Path junit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Suite suite = suiteArgument.readGood(err);
        DriveCases driveCases = new DriveCases(suite);
        List<CaseFile> cases = driveCases.chosen(only);
        int number = count == null ? cases.size() : count;
        if (number < 1 || rate < 0 || chaos < 0 || chaos > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--count must be at least 1, --rate at least 0, --chaos between 0 and 1");
        }
        List<Driven> all = new ArrayList<>();
        for (int one = 0; one < number; one++) {
            all.add(new Driven(one, cases.get(one % cases.size())));
        }
        Signer signer = signer(err);
        try (ScratchFolder work = new ScratchFolder("drive")) {
            return drive(suite, driveCases, all, signer, work.path());
        }
    }

    private int drive(Suite suite, DriveCases driveCases, List<Driven> all, Signer signer, Path work)
            throws IOException, InterruptedException {
        try (DriveReceiver receiver = DriveReceiver.listening(listen, publicUrl, all, signer, new Chaos(chaos))) {
            Drive drive =
                    new Drive(controller.client(), all, driven -> driveCases.inputs(driven, receiver, work), retry);
            Supplier<DriveSummary> soFar = () -> DriveSummary.of(all, receiver, drive.began(), lateAfter);
            // Ctrl-C ends it with what is known by then; what was accepted goes on without it.
            try (DriveProgress progress =
                    new DriveProgress(spec.commandLine().getErr(), soFar, () -> figures(soFar.get()))) {
                drive.run(rate, within, progress::show);
            }
            drive.check();
            DriveSummary summary = soFar.get();
            tell(suite, all, summary);
            return summary.good() ? ExitCode.SUCCESS : ExitCode.FAILURE;
        }
    }

    private Signer signer(PrintWriter err) throws IOException {
        try {
            if (signingKey != null && !signingKey.isEmpty()) {
                return new Signer(List.of(SigningKey.parse(signingKey)));
            }
            List<SigningKey> keys = new ArrayList<>();
            for (String line : controller.signingKeys()) {
                keys.add(SigningKey.parse(line));
            }
            if (!keys.isEmpty()) {
                return new Signer(keys);
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "the signing key cannot be used: " + e.getMessage());
        }
        err.println("warning: no signing key is known, so signatures are not checked (--signing-key)");
        err.flush();
        return null;
    }

    private void figures(DriveSummary summary) {
        PrintWriter out = spec.commandLine().getOut();
        summary.figures().forEach((name, value) -> out.printf("%-24s %s%n", name, value));
        out.flush();
    }

    private void tell(Suite suite, List<Driven> all, DriveSummary summary) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        err.println();
        for (Driven driven : all) {
            driven.problems()
                    .forEach(p -> err.println(driven.from().name() + " #" + driven.number()
                            + driven.id().map(i -> " " + i).orElse("") + ": " + p));
        }
        err.flush();
        figures(summary);
        if (html != null) {
            new DrivePage(summary, all, "Drive of " + suite.name()).write(html);
        }
        if (junit != null) {
            new JunitXml(suite.name())
                    .write(
                            junit,
                            all.stream()
                                    .map(d -> new JunitXml.Result(
                                            d.from().name(),
                                            "#" + d.number(),
                                            d.toReport().orElse(Duration.ZERO),
                                            d.problems()))
                                    .toList());
        }
    }
}
