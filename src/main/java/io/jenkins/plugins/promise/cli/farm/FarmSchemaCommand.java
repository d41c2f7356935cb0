package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.farm.Farm;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise farm schema}. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Prints the JSON Schema of farm files, for editors.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise farm schema > farm.schema.json",
            "  # yaml-language-server: $schema=farm.schema.json     the first line of a farm file"
        })
final class FarmSchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (InputStream in = Farm.class.getResourceAsStream("farm.schema.json")) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            out.flush();
        }
        return ExitCode.SUCCESS;
    }
}
