package io.jenkins.plugins.promise.cli.promise;

import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise cancel}. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description =
                "Settles a promise as rejected and stops its build and its workers. Its report is sent all the same.",
        footerHeading = "%nExamples:%n",
        footer = {"  promise cancel 01JDEFGH6Z", "  promise cancel @last"})
public final class CancelCommand implements Callable<Integer> {
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
        String state = client.handle(id, "cancel").path("state").asText();
        spec.commandLine().getOut().println(id + " " + state.toLowerCase(Locale.ROOT));
        spec.commandLine().getOut().flush();
        return ExitCode.SUCCESS;
    }
}
