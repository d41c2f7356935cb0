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

/** {@code promise resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {"Has a version that was paused started again, what waits first."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise resume quote                  the version that it stands for",
            "  promise resume quote-v44-1a2b3c4      that one"
        })
public final class ResumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Parameters(paramLabel = "JOB", description = "The version, or a common name for the one that it stands for.")
    private String job;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode version = controller.client().resume(job);
        PrintWriter out = spec.commandLine().getOut();
        out.println(version.path("version").asText() + ": resumed");
        out.flush();
        return ExitCode.SUCCESS;
    }
}
