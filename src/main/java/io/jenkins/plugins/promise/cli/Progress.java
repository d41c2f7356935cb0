package io.jenkins.plugins.promise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows a promise's phases and workers as they come, from the JSON that a controller tells of it: a line for each event,
 * and on a terminal one more line, rewritten in place, with what runs now.
 */
public final class Progress {
    private static final String REJECTED = "REJECTED";
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final Instant began = Instant.now();
    private final Map<String, String> shown = new HashMap<>();
    private List<String> running = new ArrayList<>();

    /**
     * Progress on that writer.
     *
     * @param terminal whether a person looks at it
     */
    public Progress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Whether standard error is a terminal; the launcher finds out, Java cannot. */
    public static boolean onTerminal() {
        return Boolean.getBoolean("promise.terminal");
    }

    /** Shows what is new. */
    public synchronized void show(JsonNode promise) {
        boolean settled = promise.hasNonNull("settled");
        if (!settled) {
            state(promise);
        }
        List<String> now = new ArrayList<>();
        for (JsonNode phase : promise.path("phases")) {
            String name = phase.path("name").asText();
            event("phase " + phase.path("number").asText(), "started", "phase " + name);
            for (JsonNode worker : phase.path("workers")) {
                String workerName = worker.path("name").asText();
                String key = "worker " + phase.path("number").asText() + " " + workerName;
                if (worker.hasNonNull("status")) {
                    boolean good = worker.path("status").asText().equals("SUCCESS");
                    event(
                            key,
                            worker.path("status").asText(),
                            String.format(
                                    Locale.ROOT,
                                    "  %s %-16s %5.1f s  %s",
                                    good ? "✓" : "✗",
                                    workerName,
                                    worker.path("seconds").asDouble(),
                                    worker.path("reason").asText()));
                } else if (!phase.hasNonNull("ended")) {
                    now.add(workerName);
                }
            }
        }
        running = now;
        if (settled) {
            state(promise);
        }
        tick();
    }

    private void state(JsonNode promise) {
        String state = promise.path("state").asText();
        event(
                "state",
                state,
                state.toLowerCase(Locale.ROOT) + " " + promise.path("version").asText()
                        + (state.equals(REJECTED)
                                ? ": "
                                        + promise.path("reason")
                                                .asText()
                                                .lines()
                                                .findFirst()
                                                .orElse("")
                                : ""));
    }

    /** Shows how long it has been; for a terminal only. */
    synchronized void tick() {
        if (terminal) {
            long seconds = Duration.between(began, Instant.now()).toSeconds();
            err.print(ERASE_LINE + "  … " + seconds + " s  " + String.join(", ", running));
            err.flush();
        }
    }

    /** Takes the line in place away. */
    public synchronized void end() {
        if (terminal) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }

    private void event(String key, String state, String text) {
        if (!state.equals(shown.put(key, state))) {
            if (terminal) {
                err.print(ERASE_LINE);
            }
            err.println(text);
            err.flush();
        }
    }
}
