package io.jenkins.plugins.promise.cli.promise;

import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise again}. */
@Command(
        name = "again",
        mixinStandardHelpOptions = true,
        description =
                "Submits the inputs of a promise once more, its secrets and callbacks too, to the latest version of its"
                        + " job. Prints what was accepted, as JSON.",
        footerHeading = "%nExamples:%n",
        footer = {"  promise again 01JDEFGH6Z", "  promise again @last && promise logs @last -f"})
public final class AgainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Mixin
    private PromiseArgument promise;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = controller.client();
        spec.commandLine()
                .getOut()
                .println(client.handle(promise.id(client), "again").toPrettyString());
        spec.commandLine().getOut().flush();
        return ExitCode.SUCCESS;
    }
}
