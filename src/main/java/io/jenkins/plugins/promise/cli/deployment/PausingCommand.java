package io.jenkins.plugins.promise.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a version paused, or resumed. */
abstract class PausingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Parameters(paramLabel = "JOB", description = "The version, or a common name for the one that it stands for.")
    private String job;

    /** Has it done, and tells the version. */
    abstract JsonNode done(ControllerClient client, String job) throws IOException, InterruptedException;

    /** What is said of the version then. */
    abstract String told(JsonNode version);

    @Override
    public final Integer call() throws IOException, InterruptedException {
        JsonNode version = done(controller.client(), job);
        PrintWriter out = spec.commandLine().getOut();
        out.println(version.path("version").asText() + ": " + told(version));
        out.flush();
        return ExitCode.SUCCESS;
    }
}
