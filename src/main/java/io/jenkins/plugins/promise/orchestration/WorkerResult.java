package io.jenkins.plugins.promise.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportLog;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a worker ended.
 *
 * @param outcome its report
 * @param version the version that ran; null if none did
 * @param id its promise; null if there is none
 * @param url where its promise is told; null if there is none
 * @param seconds from queued to settled
 */
public record WorkerResult(Outcome outcome, String version, String id, String url, double seconds) {
    static final String STATUS = "status";
    static final String REASON = "reason";
    static final String ID = "id";

    /** A result that no promise stands behind. */
    public WorkerResult(Outcome outcome, String version, String url, double seconds) {
        this(outcome, version, null, url, seconds);
    }

    /** Whether it reported success. */
    public boolean success() {
        return outcome.status() == ReportStatus.SUCCESS;
    }

    /** The result as a script sees it: maps, lists, strings, numbers and booleans, which survive being written to disk. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(STATUS, outcome.status().name());
        map.put(REASON, outcome.reason());
        map.put("data", plain(outcome.data()));
        map.put("log", plain(outcome.log()));
        map.put("version", version);
        map.put(ID, id);
        map.put("url", url);
        map.put("seconds", seconds);
        return map;
    }

    private static Object plain(ReportLog log) {
        if (log == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("url", log.url());
        map.put("tail", new ArrayList<>(log.tail()));
        map.put("truncated", log.truncated());
        return map;
    }

    private static Object plain(JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.fields().forEachRemaining(e -> map.put(e.getKey(), plain(e.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(item -> list.add(plain(item)));
            return list;
        }
        return Json.mapper().convertValue(node, Object.class);
    }
}
