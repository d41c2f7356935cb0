package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Tells where a promise stands: its phases, its workers, the last lines of those that failed, and each"
                        + " attempt at its deliveries.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise status 01JDEFGH6Z3V9Q2M5N7P8R1S4T",
            "  promise status @last --watch",
            "  promise status 01JDEFGH6Z3V9Q2M5N7P8R1S4T --json | jq .deliveries",
            "",
            "Times are those of this machine's zone. The exit code is 0 also for a rejected promise: the question was answered."
        })
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Mixin
    private PromiseArgument promise;

    @Option(names = "--json", description = "Print all that is known, as JSON.")
    private boolean json;

    @Option(names = "--watch", description = "First show what becomes of it, until it is settled.")
    private boolean watch;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = controller.client();
        String id = promise.id(client);
        PrintWriter out = spec.commandLine().getOut();
        JsonNode told =
                watch ? new SettlementWatch(client, spec.commandLine().getErr()).settled(id) : client.promise(id);
        if (json) {
            out.println(told.toPrettyString());
        } else {
            new PromiseText(
                            client,
                            out,
                            spec.commandLine().getColorScheme().ansi(),
                            new TimeText(ZoneId.systemDefault()))
                    .print(told);
        }
        out.flush();
        return ExitCode.SUCCESS;
    }
}
