package io.jenkins.plugins.promise.cli.suite;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerOptions;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.JunitXml;
import io.jenkins.plugins.promise.cli.SuiteArgument;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.rehearsal.Coverage;
import io.jenkins.plugins.promise.rehearsal.Difference;
import io.jenkins.plugins.promise.rehearsal.Performance;
import io.jenkins.plugins.promise.rehearsal.PerformedPhase;
import io.jenkins.plugins.promise.rehearsal.Rehearsal;
import io.jenkins.plugins.promise.rehearsal.RehearsalReader;
import io.jenkins.plugins.promise.rehearsal.Rehearser;
import io.jenkins.plugins.promise.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise rehearse}. */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a suite's orchestrations against the answers that rehearsals/JOB/NAME.yaml declare for their workers,",
            "in virtual time, and checks each call and the report. No worker runs, and no controller."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise rehearse",
            "  promise rehearse my-suite --only quote/cube",
            "  promise rehearse --watch              again whenever a file is saved",
            "  promise rehearse --update             what was reported becomes what is expected",
            "  promise rehearse --junit target/rehearsals.xml",
            "",
            "A rehearsal's file:",
            "  inputs: { NAME: ann }",
            "  workers:                              # each by its name in its phase, or by PHASE/NAME",
            "    shout:",
            "      inputs: { TEXT: hello ann }       # it must be called with these, at least",
            "      data: { text: HELLO ANN }         # it answers so; or  fails: why  or  never: true",
            "    price:",
            "      answers: [ { fails: no network, after: 30s }, { data: { amount: 3 } } ]",
            "  phases: [ shout, price ]",
            "  report: { status: SUCCESS, data: { greeting: HELLO ANN } }"
        })
public final class RehearseCommand implements Callable<Integer> {
    private static final String TOOK = "%d ms";

    @Spec
    private CommandSpec spec;

    @Mixin
    private SuiteArgument suiteArgument;

    @Option(names = "--only", paramLabel = "JOB[/NAME]", description = "Only the rehearsals of that job, or that one.")
    private String only;

    @Option(names = "--watch", description = "Rehearse again whenever a file is saved, until Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--update",
            description = "Where the report differs, show it and write it into the file as what is expected.")
    private boolean update;

    @Option(names = "--verbose", description = "Show all that happened also where all went well.")
    private boolean verbose;

    @Option(
            names = "--script-limit",
            paramLabel = "TIME",
            converter = ControllerOptions.Times.class,
            description = "How long a script may go on without waiting for a worker or a time (10s unless given).")
    private Duration scriptLimit = Rehearser.SCRIPT_LIMIT;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results there, as JUnit XML.")
    private Path junit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (suiteArgument.fromComponents() && (watch || update)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--watch and --update go with a suite's own folder, not with --components");
        }
        int code = rehearse(file -> true);
        if (!watch) {
            return code;
        }
        try (FolderWatch saved = new FolderWatch(suiteArgument.folder())) {
            while (true) {
                PrintWriter out = spec.commandLine().getOut();
                out.println("watching " + suiteArgument.folder() + " (Ctrl-C ends it)");
                out.flush();
                Set<Path> changed = saved.next();
                boolean onlyRehearsals = changed.stream().allMatch(p -> p.startsWith("rehearsals"));
                try {
                    rehearse(file -> !onlyRehearsals || changed.contains(Path.of(file)));
                } catch (CommandFailure e) {
                    out.println(e.getMessage());
                }
            }
        }
    }

    private int rehearse(Predicate<String> wanted) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Suite suite = suiteArgument.read();
        List<Finding> findings = new ArrayList<>(suite.findings());
        List<Rehearsal> all = suite.errors().isEmpty() ? new RehearsalReader().all(suite, findings) : List.of();
        findings.forEach(out::println);
        out.flush();
        if (findings.stream().anyMatch(f -> !f.warning())) {
            return ExitCode.FAILURE;
        }
        List<Rehearsal> chosen = all.stream()
                .filter(r -> only == null || r.job().equals(only) || (r.job() + "/" + r.name()).equals(only))
                .filter(r -> wanted.test(r.file()))
                .toList();
        if (chosen.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    all.isEmpty()
                            ? "there are no rehearsals; write one as rehearsals/JOB/NAME.yaml (--help shows how)"
                            : "there is no rehearsal " + only + "; there are: "
                                    + String.join(
                                            ", ",
                                            all.stream()
                                                    .map(r -> r.job() + "/" + r.name())
                                                    .toList()));
        }
        long begun = System.nanoTime();
        Rehearser rehearser = new Rehearser(suite, suiteArgument.compiler(), scriptLimit);
        List<Performance> performances = new ArrayList<>();
        for (Rehearsal rehearsal : chosen) {
            performances.add(rehearser.perform(rehearsal));
        }
        for (String job : new TreeSet<>(chosen.stream().map(Rehearsal::job).toList())) {
            tell(job, performances, rehearser, out);
        }
        long good = performances.stream().filter(Performance::good).count();
        out.println(performances.size() + " rehearsals, " + (performances.size() - good) + " failed, "
                + String.format(
                        TOOK, Duration.ofNanos(System.nanoTime() - begun).toMillis()));
        out.flush();
        if (junit != null) {
            new JunitXml(suite.name())
                    .write(
                            junit,
                            performances.stream()
                                    .map(p -> new JunitXml.Result(
                                            p.rehearsal().job(),
                                            p.rehearsal().name(),
                                            p.took(),
                                            p.differences().stream()
                                                    .map(Difference::toString)
                                                    .toList()))
                                    .toList());
        }
        return good == performances.size() ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    private void tell(String job, List<Performance> performances, Rehearser rehearser, PrintWriter out)
            throws IOException {
        out.println(job);
        for (Performance performance : performances) {
            if (performance.rehearsal().job().equals(job)) {
                tell(performance, out);
                if (update && performance.differences().stream().anyMatch(RehearseCommand::ofReport)) {
                    rehearser.update(performance);
                    out.println("      written into " + performance.rehearsal().file());
                }
            }
        }
        Coverage coverage = rehearser.coverage(job, performances);
        out.println("  covered: " + coverage.linesRun() + " of " + coverage.lines() + " lines, "
                + coverage.branchesRun() + " of " + coverage.branches() + " branches");
        coverage.never().forEach(n -> out.println("    " + n));
    }

    private static boolean ofReport(Difference difference) {
        return difference.what().startsWith("report");
    }

    private void tell(Performance performance, PrintWriter out) {
        String phases = performance.phases().stream().map(PerformedPhase::name).collect(Collectors.joining(" → "));
        out.println("  " + (performance.good() ? "✓ " : "✗ ")
                + performance.rehearsal().name() + "  "
                + String.format(TOOK, performance.took().toMillis())
                + (performance.virtual().isZero()
                        ? ""
                        : " for " + performance.virtual().toSeconds() + " s")
                + "  " + phases + (phases.isEmpty() ? "" : " → ")
                + performance.outcome().status());
        if (verbose || !performance.good()) {
            performance.phases().forEach(phase -> {
                out.println("      phase " + phase.name());
                phase.calls()
                        .forEach(
                                c -> out.println("        " + mark(c.status()) + " " + c.worker() + ": " + c.reason()));
            });
            out.println("      " + performance.outcome().status() + ": "
                    + performance.outcome().reason());
        }
        performance.differences().forEach(d -> d.toString().lines().forEach(line -> out.println("    ! " + line)));
    }

    private static String mark(String status) {
        return switch (status) {
            case "SUCCESS" -> "✓";
            case "FAILURE" -> "✗";
            default -> status;
        };
    }
}
