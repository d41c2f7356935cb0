package io.jenkins.plugins.promise.cli.environment;

import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code promise env list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the environments in their declared order, with what is there and what holds it up.")
public final class EnvironmentListCommand implements Callable<Integer> {
    @Mixin
    private EnvironmentOutput output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = output.client();
        output.show(client.environments().told(""), (answer, out) -> answer.path("environments")
                .forEach(e -> out.println(EnvironmentOutput.line(e))));
        return ExitCode.SUCCESS;
    }
}
