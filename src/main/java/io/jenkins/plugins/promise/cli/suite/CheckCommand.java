package io.jenkins.plugins.promise.cli.suite;

import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.SuiteArgument;
import io.jenkins.plugins.promise.cli.ending.ScratchFolder;
import io.jenkins.plugins.promise.component.reading.StepScripts;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.rehearsal.Rehearsal;
import io.jenkins.plugins.promise.rehearsal.RehearsalCheck;
import io.jenkins.plugins.promise.rehearsal.RehearsalReader;
import io.jenkins.plugins.promise.suite.CaseFile;
import io.jenkins.plugins.promise.suite.Silenced;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.script.WorkerScripts;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks all of a suite that can be known without running it: job files, scripts, the steps and jobs that they call and the inputs that they give, rehearsals, cases.",
            "Workers' scripts are looked at by bash, python, node, ruby, perl and shellcheck, as far as this machine has them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise check",
            "  promise check my-suite && git push",
            "",
            "  promise check --format github     annotations in a workflow of GitHub",
            "",
            "A line for each finding, as compilers write it: file:line: field: message",
            "",
            "A warning is silenced by the comment  # promise: ignore  or  // promise: ignore  on its line or alone above it."
        })
public final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SuiteArgument suiteArgument;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or github (default: ${DEFAULT-VALUE}).")
    private FindingsFormat format;

    @Override
    public Integer call() throws IOException {
        Suite suite = suiteArgument.read();
        List<Finding> findings = Silenced.without(suite.root(), all(suite));
        PrintWriter out = spec.commandLine().getOut();
        format.write(findings, suite.root(), out);
        long errors = findings.stream().filter(f -> !f.warning()).count();
        spec.commandLine()
                .getErr()
                .println(Counted.of(suite.jobs().size(), "job") + ", " + Counted.of(errors, "error") + ", "
                        + Counted.of(findings.size() - errors, "warning"));
        out.flush();
        return errors == 0 ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    private List<Finding> all(Suite suite) throws IOException {
        List<Finding> findings = new ArrayList<>(suite.findings());
        try (ScratchFolder scratch = new ScratchFolder("check")) {
            findings.addAll(new WorkerScripts(suite.root(), scratch.path()).problems(suite.workerScripts()));
            if (suiteArgument.fromComponents()) {
                findings.addAll(new StepScripts(scratch.path()).problems(suiteArgument.components()));
            }
        }
        RehearsalCheck rehearsals = new RehearsalCheck(suite);
        for (Rehearsal rehearsal : new RehearsalReader(true).all(suite, findings)) {
            findings.addAll(rehearsals.problems(rehearsal));
        }
        for (CaseFile one : CaseFile.all(suite.root(), findings)) {
            findings.addAll(one.problems(suite));
        }
        return findings.stream().distinct().toList();
    }
}
