package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
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
        description = "Tells where a promise stands: its phases, its workers, and each attempt at its deliveries.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise status 01JDEFGH6Z3V9Q2M5N7P8R1S4T",
            "  promise status 01JDEFGH6Z3V9Q2M5N7P8R1S4T --json | jq .deliveries",
            "",
            "The exit code is 0 also for a rejected promise: the question was answered."
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

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = controller.client();
        JsonNode told = client.promise(promise.id(client));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(told.toPrettyString());
        } else {
            print(told, out);
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    private static void print(JsonNode promise, PrintWriter out) {
        out.println(
                promise.path("state").asText() + "  " + promise.path("version").asText());
        for (String key : new String[] {"reason", "accepted", "started", "settled", "deadline"}) {
            if (promise.hasNonNull(key)) {
                out.printf("  %-9s %s%n", key, promise.get(key).asText());
            }
        }
        if (promise.hasNonNull("waitsFor")) {
            out.printf(
                    "  %-9s %s%n  %-9s %s%n",
                    "waits for",
                    promise.at("/waitsFor/detail").asText(),
                    "since",
                    promise.at("/waitsFor/since").asText());
        }
        for (JsonNode phase : promise.path("phases")) {
            out.println("phase " + phase.path("name").asText());
            for (JsonNode worker : phase.path("workers")) {
                out.printf(
                        Locale.ROOT,
                        "  %-8s %-16s %s%n",
                        worker.path("status").asText("…"),
                        worker.path("name").asText(),
                        worker.path("reason").asText(""));
            }
        }
        for (JsonNode delivery : promise.path("deliveries")) {
            out.println(delivery.path("receives").asText() + " to "
                    + delivery.path("url").asText() + ": "
                    + delivery.path("state").asText()
                    + (delivery.hasNonNull("next")
                            ? ", next attempt " + delivery.get("next").asText()
                            : ""));
            for (JsonNode attempt : delivery.path("attempts")) {
                out.println("  " + attempt.path("at").asText() + "  "
                        + attempt.path("millis").asText() + " ms  "
                        + attempt.path("status").asText("") + " "
                        + attempt.path("problem").asText(""));
            }
        }
    }
}
