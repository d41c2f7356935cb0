package io.jenkins.plugins.promise.cli.component;

import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.ending.ScratchFolder;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.graph.DependencyGraph;
import io.jenkins.plugins.promise.component.reading.StepScripts;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise component check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the component files of a folder and its environments.yaml, by themselves and against each other: names, dependencies and their circles, variables, watched files, the jobs that would be made. The steps' scripts are looked at by bash, where this machine has it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise component check shop",
            "",
            "A line for each finding, as compilers write it: file:line: field: message"
        })
final class ComponentCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ComponentsArgument components;

    @Override
    public Integer call() throws IOException {
        Components read = components.read();
        List<Finding> findings = new ArrayList<>(read.findings());
        try (ScratchFolder scratch = new ScratchFolder("check")) {
            findings.addAll(new StepScripts(scratch.path()).problems(read));
        }
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(out::println);
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        for (List<String> train : new DependencyGraph(read.components().values()).trains()) {
            if (train.size() > 1) {
                err.println("one train, for they depend on each other: " + String.join(", ", train));
            }
        }
        long warnings = findings.stream().filter(Finding::warning).count();
        long errors = findings.size() - warnings;
        err.println(Counted.of(read.components().size(), "component") + ", "
                + Counted.of(read.environments().size(), "environment") + ", "
                + Counted.of(errors, "error") + ", " + Counted.of(warnings, "warning"));
        return errors == 0 ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }
}
