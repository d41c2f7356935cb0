package io.jenkins.plugins.promise.cli.suite;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerOptions;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.JunitXml;
import io.jenkins.plugins.promise.cli.SuiteArgument;
import io.jenkins.plugins.promise.cli.terminal.Bar;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.rehearsal.Difference;
import io.jenkins.plugins.promise.rehearsal.Performance;
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
            "Runs a suite's orchestrations against the answers that rehearsals/JOB/NAME.yaml declare for their workers, in virtual time, and checks each call and the report.",
            "No worker runs, and no controller."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise rehearse",
            "  promise rehearse my-suite --only quote/cube",
            "  promise rehearse --watch              again whenever a file is saved",
            "  promise rehearse --update             what was reported becomes what is expected",
            "  promise rehearse --junit target/rehearsals.xml",
            "  promise rehearse --record @last       rehearsals/JOB/recorded-ID.yaml does what that promise did",
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
            description = "Where the report differs, or the file expects nothing, write it into the file as what is"
                    + " expected.")
    private boolean update;

    @Option(
            names = "--record",
            paramLabel = "ID",
            description = "Write a rehearsal that does what this promise of a controller did, and perform it.")
    private String record;

    @Mixin
    private ControllerArgument controller;

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
        if (suiteArgument.fromComponents() && (watch || update || record != null)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--watch, --update and --record go with a suite's own folder, not with --components");
        }
        if (record != null) {
            only = new Recording(suiteArgument.read(), controller.client())
                    .write(record, spec.commandLine().getOut());
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
        List<Rehearsal> all = new RehearsalReader(!update).all(suite, findings);
        findings.forEach(out::println);
        out.flush();
        BrokenFiles broken = new BrokenFiles(suite, findings);
        List<Rehearsal> chosen = all.stream()
                .filter(r -> only == null || r.job().equals(only) || (r.job() + "/" + r.name()).equals(only))
                .filter(r -> wanted.test(r.file()))
                .toList();
        if (broken.all()) {
            return ExitCode.FAILURE;
        }
        if (chosen.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, none(all));
        }
        long begun = System.nanoTime();
        Rehearser rehearser = new Rehearser(suite, suiteArgument.compiler(), scriptLimit);
        List<Performance> performances = new ArrayList<>();
        try (Bar bar = new Bar(spec.commandLine().getErr(), "rehearse")) {
            for (Rehearsal rehearsal : chosen) {
                if (!broken.keeps(rehearsal)) {
                    bar.now(rehearsal.job() + "/" + rehearsal.name());
                    performances.add(rehearser.perform(rehearsal));
                    bar.at(performances.size(), chosen.size());
                }
            }
        }
        for (String job : new TreeSet<>(
                performances.stream().map(p -> p.rehearsal().job()).toList())) {
            tell(job, performances, rehearser, out);
        }
        long good = performances.stream().filter(Performance::good).count();
        int left = chosen.size() - performances.size();
        out.println(Counted.of(performances.size(), "rehearsal") + ", " + (performances.size() - good) + " failed, "
                + (left == 0 ? "" : left + " not run, for what is wrong above, ")
                + PerformanceText.took(Duration.ofNanos(System.nanoTime() - begun)));
        out.flush();
        if (junit != null) {
            new JunitXml(suite.name())
                    .write(
                            junit,
                            performances.stream().map(RehearseCommand::result).toList());
        }
        return good == performances.size() && left == 0 && !broken.any() ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    private static JunitXml.Result result(Performance performance) {
        return new JunitXml.Result(
                performance.rehearsal().job(),
                performance.rehearsal().name(),
                performance.took(),
                performance.differences().stream().map(Difference::toString).toList());
    }

    private String none(List<Rehearsal> all) {
        return all.isEmpty()
                ? "there are no rehearsals; write one as rehearsals/JOB/NAME.yaml (--help shows how)"
                : "there is no rehearsal " + only + "; there are: "
                        + String.join(
                                ", ",
                                all.stream().map(r -> r.job() + "/" + r.name()).toList());
    }

    private void tell(String job, List<Performance> performances, Rehearser rehearser, PrintWriter out)
            throws IOException {
        PerformanceText text = new PerformanceText(out, verbose);
        out.println(job);
        for (Performance performance : performances) {
            if (performance.rehearsal().job().equals(job)) {
                text.show(performance);
                if (update && (performance.expectsNothing() || differs(performance))) {
                    update(performance, rehearser, out);
                }
            }
        }
        text.show(rehearser.coverage(job, performances));
    }

    private static void update(Performance performance, Rehearser rehearser, PrintWriter out) throws IOException {
        if (performance.brokeOff()) {
            out.println("      not written into " + performance.rehearsal().file()
                    + ": a mistake of the script is nothing to expect");
        } else {
            rehearser.update(performance);
            out.println("      written into " + performance.rehearsal().file());
        }
    }

    private static boolean differs(Performance performance) {
        return performance.differences().stream()
                .anyMatch(difference -> difference.what().startsWith("report"));
    }
}
