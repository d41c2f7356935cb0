package io.jenkins.plugins.promise.cli.environment;

import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code promise env diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Shows what differs between two environments or manifests.")
public final class EnvironmentDiffCommand implements Callable<Integer> {
    @Mixin
    private EnvironmentOutput output;

    @Parameters(index = "0", paramLabel = "A", description = "An environment, or the id of a manifest.")
    private String from;

    @Parameters(index = "1", paramLabel = "B", description = "Likewise.")
    private String to;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = output.client();
        String path = "/" + ControllerClient.encode(from) + "/diff/" + ControllerClient.encode(to);
        output.show(client.environments().told(path), (answer, out) -> answer.path("differences")
                .forEach(d -> out.println(d.path("component").asText() + "  "
                        + d.path("from").path("commit").asText("-") + " → "
                        + d.path("to").path("commit").asText("-"))));
        return ExitCode.SUCCESS;
    }
}
