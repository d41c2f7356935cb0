package io.jenkins.plugins.promise.cli.component;

import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.graph.DependencyGraph;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.PrintWriter;
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
            "Checks the component files of a folder and its environments.yaml, by themselves and against each other: names, dependencies and their circles, variables, watched files, the jobs that would be made."
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
    public Integer call() {
        Components read = components.read();
        PrintWriter out = spec.commandLine().getOut();
        read.findings().forEach(out::println);
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        for (List<String> train : new DependencyGraph(read.components().values()).trains()) {
            if (train.size() > 1) {
                err.println("one train, for they depend on each other: " + String.join(", ", train));
            }
        }
        long warnings = read.findings().stream().filter(Finding::warning).count();
        err.println(Counted.of(read.components().size(), "component") + ", "
                + Counted.of(read.environments().size(), "environment") + ", "
                + Counted.of(read.errors().size(), "error") + ", " + Counted.of(warnings, "warning"));
        return read.errors().isEmpty() ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }
}
