package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Help.Ansi;

/**
 * A promise as a person reads it: where it stands, its phases and workers with the end of the log of each that failed, and
 * each attempt at its deliveries.
 */
final class PromiseText {
    private static final int LAST_LINES = 5;
    private static final int WORD = 9;

    private final ControllerClient client;
    private final PrintWriter out;
    private final Ansi ansi;
    private final TimeText times;

    /**
     * Text for that writer.
     *
     * @param client where the logs of failed workers are
     * @param ansi whether it may be coloured
     */
    PromiseText(ControllerClient client, PrintWriter out, Ansi ansi, TimeText times) {
        this.client = client;
        this.out = out;
        this.ansi = ansi;
        this.times = times;
    }

    /** Prints a promise, as the controller tells of it. */
    void print(JsonNode promise) throws IOException, InterruptedException {
        String state = promise.path("state").asText();
        out.println(coloured(state, state) + "  " + promise.path("version").asText());
        line("reason", promise.path("reason").asText(null));
        String accepted = promise.path("accepted").asText();
        line("accepted", times.at(accepted));
        if (promise.hasNonNull("started")) {
            line("started", times.at(promise.get("started").asText(), accepted));
        }
        if (promise.hasNonNull("settled")) {
            line("settled", times.at(promise.get("settled").asText(), accepted));
        } else {
            line("deadline", times.at(promise.path("deadline").asText()));
        }
        if (promise.hasNonNull("waitsFor")) {
            line("waits for", times.in(promise.at("/waitsFor/detail").asText()));
            line("since", times.at(promise.at("/waitsFor/since").asText()));
        }
        for (JsonNode phase : promise.path("phases")) {
            out.println("phase " + phase.path("name").asText());
            for (JsonNode worker : phase.path("workers")) {
                print(worker, promise.hasNonNull("settled"));
            }
        }
        promise.path("deliveries").forEach(this::delivery);
    }

    private void line(String key, String value) {
        if (value != null) {
            out.println("  " + padded(key) + " " + value);
        }
    }

    private void print(JsonNode worker, boolean settled) throws IOException, InterruptedException {
        String state = worker.hasNonNull("status")
                ? worker.path("status").asText()
                : settled ? "not done" : worker.path("state").asText("…").toLowerCase(Locale.ROOT);
        out.println("  " + coloured(state, padded(state)) + " "
                + String.format(
                        Locale.ROOT,
                        "%-16s %s",
                        worker.path("name").asText(),
                        worker.path("reason").asText("")));
        if (state.equals("FAILURE") && worker.hasNonNull("promise")) {
            List<String> log = log(worker.path("promise").asText());
            log.subList(Math.max(0, log.size() - LAST_LINES), log.size())
                    .forEach(l -> out.println(ansi.string("@|faint     " + "│|@ ") + l));
            out.println(
                    "    all of its log: promise logs " + worker.path("promise").asText());
        }
    }

    private List<String> log(String worker) throws IOException, InterruptedException {
        JsonNode tail = Json.mapper().readTree(client.report(worker)).at("/log/tail");
        return StreamSupport.stream(tail.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private void delivery(JsonNode delivery) {
        String state = delivery.path("state").asText();
        out.println(delivery.path("receives").asText() + " to "
                + delivery.path("url").asText() + ": "
                + coloured(state, state)
                + (delivery.hasNonNull("next")
                        ? ", next attempt " + times.at(delivery.get("next").asText())
                        : ""));
        for (JsonNode attempt : delivery.path("attempts")) {
            out.println("  " + times.at(attempt.path("at").asText()) + "  "
                    + attempt.path("millis").asText() + " ms  "
                    + attempt.path("status").asText("") + " "
                    + attempt.path("problem").asText(""));
        }
    }

    private static String padded(String word) {
        return String.format(Locale.ROOT, "%-" + WORD + "s", word);
    }

    /** Only words of our own are coloured: what a stranger wrote may hold markup. */
    private String coloured(String state, String text) {
        return switch (state) {
            case "FULFILLED", "SUCCESS", "DELIVERED" -> ansi.string("@|green " + text + "|@");
            case "REJECTED", "FAILURE", "GIVEN_UP" -> ansi.string("@|red " + text + "|@");
            case "PENDING", "RUNNING", "WAITING", "pending", "running" -> ansi.string("@|yellow " + text + "|@");
            default -> text;
        };
    }
}
