package io.jenkins.plugins.promise.cli.environment;

import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code promise env show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one environment: the commit of each component there, and the candidates on their way.")
public final class EnvironmentShowCommand implements Callable<Integer> {
    @Mixin
    private EnvironmentOutput output;

    @Parameters(paramLabel = "ENVIRONMENT", description = "Its name.")
    private String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = output.client();
        output.show(client.environments().told("/" + ControllerClient.encode(name)), (answer, out) -> {
            out.println(EnvironmentOutput.line(answer));
            EnvironmentOutput.components(answer.path("head").path("components"), out);
            answer.path("condition")
                    .path("places")
                    .fields()
                    .forEachRemaining(p -> out.println("  " + p.getKey()
                            + " is at " + p.getValue().path("there").asText("nobody knows")
                            + " and should be at " + p.getValue().path("wanted").asText("nothing")));
            answer.path("candidates").forEach(c -> EnvironmentOutput.candidate(c, out));
        });
        return ExitCode.SUCCESS;
    }
}
