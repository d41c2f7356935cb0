package io.jenkins.plugins.promise.cli.environment;

import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.component.ComponentsArgument;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise env declare}. */
@Command(
        name = "declare",
        mixinStandardHelpOptions = true,
        description = "Tells a controller the environments of a folder, in the order of its environments.yaml.")
public final class EnvironmentDeclareCommand implements Callable<Integer> {
    @Mixin
    private EnvironmentOutput output;

    @Mixin
    private ComponentsArgument components;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = output.client();
        List<EnvironmentRules> rules =
                components.readGood(spec.commandLine().getErr()).rules();
        output.show(client.environments().declare(rules), (answer, out) -> answer.path("environments")
                .forEach(e -> out.println(EnvironmentOutput.line(e))));
        return ExitCode.SUCCESS;
    }
}
