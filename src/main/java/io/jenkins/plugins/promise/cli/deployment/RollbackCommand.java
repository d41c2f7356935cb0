package io.jenkins.plugins.promise.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a common name stand for an earlier version again.",
            "Nothing else moves: an orchestration goes on calling the versions of its workers that it was compiled with."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise rollback quote                          to the version before",
            "  promise rollback quote --to quote-v44-1a2b3c4   to that one"
        })
public final class RollbackCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Parameters(paramLabel = "JOB", description = "The common name.")
    private String job;

    @Option(names = "--to", paramLabel = "VERSION", description = "The version (default: the one before).")
    private String to;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode move = controller.client().rollback(job, to);
        PrintWriter out = spec.commandLine().getOut();
        out.println(move.path("name").asText() + ": " + move.path("from").asText() + " → "
                + move.path("to").asText());
        out.flush();
        return ExitCode.SUCCESS;
    }
}
