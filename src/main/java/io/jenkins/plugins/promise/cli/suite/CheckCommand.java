package io.jenkins.plugins.promise.cli.suite;

import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.SuiteArgument;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.suite.CaseFile;
import io.jenkins.plugins.promise.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks all of a suite that can be known without running it: job files, scripts, the jobs that scripts call",
            "and the inputs that they give."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise check",
            "  promise check my-suite && git push",
            "",
            "A line for each finding, as compilers write it: file:line: field: message"
        })
public final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SuiteArgument suiteArgument;

    @Override
    public Integer call() throws IOException {
        Suite suite = suiteArgument.read();
        List<Finding> findings = new ArrayList<>(suite.findings());
        for (CaseFile one : CaseFile.all(suite.root(), findings)) {
            one.unknownJob(suite).ifPresent(findings::add);
        }
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(out::println);
        long errors = findings.stream().filter(f -> !f.warning()).count();
        spec.commandLine()
                .getErr()
                .println(suite.jobs().size() + " jobs, " + errors + " errors, " + (findings.size() - errors)
                        + " warnings");
        out.flush();
        return errors == 0 ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }
}
