package io.jenkins.plugins.promise.cli.environment;

import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code promise env history}. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Shows what was in an environment, the latest first.")
public final class EnvironmentHistoryCommand implements Callable<Integer> {
    @Mixin
    private EnvironmentOutput output;

    @Parameters(paramLabel = "ENVIRONMENT", description = "Its name.")
    private String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = output.client();
        output.show(
                client.environments().told("/" + ControllerClient.encode(name) + "/history"),
                (answer, out) -> answer.path("history").forEach(h -> {
                    out.println(h.path("number").asText() + "  "
                            + h.path("manifest").asText() + "  "
                            + h.path("cause").asText() + "  "
                            + EnvironmentOutput.TIMES.at(h.path("at").asText()) + "  "
                            + h.path("promise").asText());
                    EnvironmentOutput.components(h.path("components"), out);
                }));
        return ExitCode.SUCCESS;
    }
}
