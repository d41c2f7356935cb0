package io.jenkins.plugins.promise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.terminal.Bar;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows a promise's phases and workers as they come, from the JSON that a controller tells of it: a line for each event,
 * and on a terminal a bar of the workers that are done, with those that run now.
 */
public final class Progress implements AutoCloseable {
    private static final String REJECTED = "REJECTED";

    private final Bar bar;
    private final Map<String, String> shown = new HashMap<>();

    /** Progress on that writer. */
    public Progress(PrintWriter err) {
        this(new Bar(err, "workers"));
    }

    Progress(Bar bar) {
        this.bar = bar;
    }

    /** Shows what is new. */
    public synchronized void show(JsonNode promise) {
        boolean settled = promise.hasNonNull("settled");
        if (!settled) {
            state(promise);
        }
        List<String> now = new ArrayList<>();
        int ended = 0;
        int called = 0;
        for (JsonNode phase : promise.path("phases")) {
            String name = phase.path("name").asText();
            event("phase " + phase.path("number").asText(), "started", "phase " + name);
            for (JsonNode worker : phase.path("workers")) {
                String workerName = worker.path("name").asText();
                called++;
                String key = "worker " + phase.path("number").asText() + " " + workerName;
                if (worker.hasNonNull("status")) {
                    ended++;
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
        if (called > 0) {
            bar.at(ended, called);
        }
        bar.now(String.join(", ", now));
        if (settled) {
            state(promise);
        }
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

    /** Takes the bar away, also while somebody shows how far something is. */
    synchronized void clear() {
        bar.close();
    }

    @Override
    public void close() {
        clear();
    }

    private void event(String key, String state, String text) {
        if (!state.equals(shown.put(key, state))) {
            bar.above().println(text);
        }
    }
}
