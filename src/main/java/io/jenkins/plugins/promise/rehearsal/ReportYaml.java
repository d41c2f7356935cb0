package io.jenkins.plugins.promise.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.report.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The key {@code report} of a rehearsal's file. */
final class ReportYaml {
    private static final int WIDTH = 118;

    private ReportYaml() {}

    /** A report as an expectation sees it. */
    static ObjectNode observed(Outcome outcome) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("status", outcome.status().name());
        node.put("reason", outcome.reason());
        node.set("data", outcome.data() == null ? node.nullNode() : outcome.data());
        return node;
    }

    /**
     * A file's text with another expectation of the report; all else stays as it is, comments too.
     *
     * @param keys the file's own keys with their lines
     */
    static String replace(String text, Map<String, Integer> keys, JsonNode report) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(WIDTH);
        String block = new Yaml(options).dump(Map.of("report", Json.mapper().convertValue(report, Object.class)));
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        Integer at = keys.get("report");
        if (at == null) {
            return text.endsWith("\n") || text.isEmpty() ? text + block : text + "\n" + block;
        }
        int next = keys.values().stream()
                .filter(line -> line > at)
                .min(Integer::compare)
                .orElse(lines.size() + 1);
        // Comments and blank lines above the next key belong to it.
        int end = next - 1;
        while (end > at
                && (lines.get(end - 1).isBlank() || lines.get(end - 1).strip().startsWith("#"))) {
            end--;
        }
        List<String> changed = new ArrayList<>(lines.subList(0, at - 1));
        changed.addAll(Arrays.asList(block.stripTrailing().split("\n")));
        changed.addAll(lines.subList(end, lines.size()));
        return String.join("\n", changed);
    }
}
