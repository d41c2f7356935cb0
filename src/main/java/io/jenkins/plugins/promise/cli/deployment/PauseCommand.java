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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise pause}. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {
            "Has nothing of a version started until it is resumed: what is submitted is accepted and waits, what runs"
                    + " goes on.",
            "promise status says of what waits that it is paused, by whom and since when."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise pause quote                  the version that it stands for",
            "  promise pause quote-v44-1a2b3c4      that one"
        })
public final class PauseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Parameters(paramLabel = "JOB", description = "The version, or a common name for the one that it stands for.")
    private String job;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode version = controller.client().pause(job);
        PrintWriter out = spec.commandLine().getOut();
        out.println(version.path("version").asText() + ": paused by "
                + version.path("paused").path("by").asText());
        out.flush();
        return ExitCode.SUCCESS;
    }
}
