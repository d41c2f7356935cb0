package io.jenkins.plugins.promise.cli.component;

import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.component.graph.DependencyGraph;
import io.jenkins.plugins.promise.component.graph.GraphFormat;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise component graph}. */
@Command(
        name = "graph",
        mixinStandardHelpOptions = true,
        description = "Tells which components come before which, in the order of their release.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise component graph shop",
            "  promise component graph shop --format svg > shop.svg",
            "  promise component graph shop --format json | jq .trains"
        })
final class ComponentGraphCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ComponentsArgument components;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, dot, json or svg (default: ${DEFAULT-VALUE}).")
    private GraphFormat format;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.of(new DependencyGraph(
                components.readGood(spec.commandLine().getErr()).components().values())));
        out.flush();
        return ExitCode.SUCCESS;
    }
}
