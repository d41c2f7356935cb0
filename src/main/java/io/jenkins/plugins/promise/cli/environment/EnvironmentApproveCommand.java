package io.jenkins.plugins.promise.cli.environment;

import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promise env approve}. */
@Command(name = "approve", mixinStandardHelpOptions = true, description = "Lets one manifest go to an environment.")
public final class EnvironmentApproveCommand implements Callable<Integer> {
    @Mixin
    private EnvironmentOutput output;

    @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "Its name.")
    private String name;

    @Parameters(index = "1", paramLabel = "MANIFEST", description = "Its id.")
    private String manifest;

    @Option(names = "--who", paramLabel = "NAME", description = "Who you are (default: you on this machine).")
    private String who = System.getProperty("user.name");

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = output.client();
        String path = "/" + ControllerClient.encode(name) + "/approve?manifest=" + ControllerClient.encode(manifest)
                + "&who=" + ControllerClient.encode(who);
        output.show(
                client.environments().changed(path),
                (answer, out) -> out.println(answer.path("manifest").asText() + " may go to "
                        + answer.path("environment").asText() + ", says "
                        + answer.path("who").asText()
                        + (answer.has("until")
                                ? ", until "
                                        + EnvironmentOutput.TIMES.at(
                                                answer.path("until").asText())
                                : "")));
        return ExitCode.SUCCESS;
    }
}
