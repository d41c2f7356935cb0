package io.jenkins.plugins.promise.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.suite.Suite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The file of a rehearsal that does what a real promise did. */
public final class RecordedRehearsal {
    private static final int WIDTH = 118;
    private static final String FAILURE = "FAILURE";

    private final Suite suite;
    private final JsonNode promise;
    private final JsonNode report;

    /**
     * A recording.
     *
     * @param promise what the controller tells of it
     * @param report its report
     */
    public RecordedRehearsal(Suite suite, JsonNode promise, JsonNode report) {
        this.suite = suite;
        this.promise = promise;
        this.report = report;
    }

    /**
     * One attempt at a worker.
     *
     * @param phase the phase's name
     * @param worker its name there
     * @param promise what the controller tells of the attempt's own promise
     * @param report its report
     * @param seconds how long it took
     */
    public record Call(String phase, String worker, JsonNode promise, JsonNode report, double seconds) {}

    /**
     * The file's text.
     *
     * @param calls all calls, in their order
     */
    public String text(List<Call> calls) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("about", "Recorded from the promise " + promise.path("id").asText() + ".");
        file.put("inputs", inputs(promise));
        Map<String, List<Call>> byKey = new LinkedHashMap<>();
        for (Call call : calls) {
            boolean elsewhere = calls.stream()
                    .anyMatch(
                            c -> c.worker().equals(call.worker()) && !c.phase().equals(call.phase()));
            String key = elsewhere ? call.phase() + "/" + call.worker() : call.worker();
            byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(call);
        }
        Map<String, Object> workers = new LinkedHashMap<>();
        byKey.forEach((key, all) -> workers.put(key, worker(all)));
        file.put("workers", workers);
        List<String> phases = new ArrayList<>();
        promise.path("phases").forEach(p -> phases.add(p.path("name").asText()));
        file.put("phases", phases);
        file.put("report", expected());
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(WIDTH);
        return new Yaml(options).dump(file);
    }

    private Map<String, Object> expected() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("status", report.path("status").asText());
        if (report.path("status").asText().equals(FAILURE)) {
            expected.put("reason", report.path("reason").asText());
        }
        expected.put("data", value(report.path("data")));
        return expected;
    }

    /** What was given: receivers and secrets are nobody's business, and what is the default was perhaps not given. */
    private Map<String, Object> inputs(JsonNode of) {
        Map<String, Object> given = new LinkedHashMap<>();
        Suite.SuiteJob job = suite.jobs().get(of.path("job").asText());
        of.path("inputs").fields().forEachRemaining(e -> {
            var input = job == null ? null : job.file().contract().input(e.getKey());
            if (input != null
                    && input.receives() == null
                    && !input.secret()
                    && !Objects.equals(input.defaultValue(), e.getValue().asText())) {
                given.put(e.getKey(), e.getValue().asText());
            }
        });
        return given;
    }

    private Map<String, Object> worker(List<Call> calls) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("job", calls.get(0).promise().path("job").asText());
        TreeSet<String> names = new TreeSet<>(inputs(calls.get(0).promise()).keySet());
        Map<String, Object> same = new LinkedHashMap<>(inputs(calls.get(0).promise()));
        for (String name : names) {
            if (calls.stream().anyMatch(c -> !Objects.equals(inputs(c.promise()).get(name), same.get(name)))) {
                same.remove(name);
            }
        }
        if (!same.isEmpty()) {
            part.put("inputs", same);
        }
        if (calls.size() == 1) {
            part.putAll(answer(calls.get(0)));
        } else {
            part.put("answers", calls.stream().map(RecordedRehearsal::answer).toList());
        }
        return part;
    }

    private static Map<String, Object> answer(Call call) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (call.report().path("status").asText().equals(FAILURE)) {
            answer.put("fails", call.report().path("reason").asText());
        } else {
            answer.put("reason", call.report().path("reason").asText());
        }
        if (call.report().hasNonNull("data")) {
            answer.put("data", value(call.report().path("data")));
        }
        if (call.seconds() >= 1) {
            answer.put("after", Math.round(call.seconds()) + "s");
        }
        return answer;
    }

    private static Object value(JsonNode node) {
        return node.isMissingNode() ? null : Json.mapper().convertValue(node, Object.class);
    }
}
