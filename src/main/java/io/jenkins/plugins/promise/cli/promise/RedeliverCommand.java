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

/** {@code promise redeliver}. */
@Command(
        name = "redeliver",
        mixinStandardHelpOptions = true,
        description =
                "Sends a settled promise's report again: to the callbacks that have not got it, or to all if all have.",
        footerHeading = "%nExamples:%n",
        footer = {"  promise redeliver 01JDEFGH6Z", "  promise list --state undelivered     what was given up"})
public final class RedeliverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Mixin
    private PromiseArgument promise;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = controller.client();
        String id = promise.id(client);
        int count = client.handle(id, "redeliver").path("deliveries").asInt();
        spec.commandLine()
                .getOut()
                .println(id + ": sent again to " + count + (count == 1 ? " callback" : " callbacks"));
        spec.commandLine().getOut().flush();
        return ExitCode.SUCCESS;
    }
}
