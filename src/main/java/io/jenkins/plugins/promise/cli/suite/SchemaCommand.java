package io.jenkins.plugins.promise.cli.suite;

import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise schema}. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the JSON Schema of a kind of file, for editors: job.yaml, suite.yaml, a rehearsal, a case, component.yaml or environments.yaml.",
            "promise new writes those of a suite into .schemas/."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise schema job > .schemas/job.schema.json",
            "  # yaml-language-server: $schema=../../.schemas/job.schema.json     the first line of a job.yaml"
        })
public final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "job, suite, rehearsal, case, component or environments.")
    private FileSchema file;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(file.text());
        out.flush();
        return ExitCode.SUCCESS;
    }
}
