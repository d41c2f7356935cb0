package io.jenkins.plugins.promise.cli.component;

import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.component.Component;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise component schema}. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Prints the JSON Schema of component.yaml or of environments.yaml, for editors.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise component schema component > component.schema.json",
            "  # yaml-language-server: $schema=../component.schema.json     the first line of a component.yaml"
        })
final class ComponentSchemaCommand implements Callable<Integer> {
    /** The files that have one. */
    enum Described {
        COMPONENT,
        ENVIRONMENTS
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "component or environments.")
    private Described described;

    @Override
    public Integer call() throws IOException {
        String name = described.name().toLowerCase(Locale.ROOT) + ".schema.json";
        try (InputStream in = Component.class.getResourceAsStream(name)) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            out.flush();
        }
        return ExitCode.SUCCESS;
    }
}
