package io.jenkins.plugins.promise.jenkins.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the parts of a build have reported, as the configurations of a matrix do. It is stored with the build, a JSON text a
 * part.
 */
final class PartReports {
    private final Map<String, String> parts = new TreeMap<>();

    /** Takes note of what a part reported; the last one counts. */
    synchronized void add(String part, Outcome outcome) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("status", outcome.status().name());
        node.put("reason", outcome.reason());
        node.set("data", outcome.data());
        parts.put(part, node.toString());
    }

    /** All together: a failure if one is, whose reasons are told by their parts, and the data by part. */
    synchronized ReportedOutcome together() {
        Map<String, JsonNode> read = new TreeMap<>();
        parts.forEach((part, text) -> read.put(part, tree(text)));
        ObjectNode data = Json.mapper().createObjectNode();
        read.forEach((part, node) -> data.set(part, node.path("data")));
        String failures = read.entrySet().stream()
                .filter(e -> e.getValue().path("status").asText().equals(ReportStatus.FAILURE.name()))
                .map(e -> e.getKey() + ": " + e.getValue().path("reason").asText())
                .collect(Collectors.joining("; "));
        return failures.isEmpty()
                ? new ReportedOutcome(ReportStatus.SUCCESS, null, data.toString())
                : new ReportedOutcome(ReportStatus.FAILURE, failures, data.toString());
    }

    private static JsonNode tree(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it was written by the same mapper", e);
        }
    }
}
