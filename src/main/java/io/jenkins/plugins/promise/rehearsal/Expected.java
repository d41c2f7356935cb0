package io.jenkins.plugins.promise.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of what is expected, and where it is written.
 *
 * @param value null for nothing expected
 * @param lines the line of each key in it, by its path
 */
public record Expected(JsonNode value, Map<String, Integer> lines) {
    /** Copies what it is given. */
    public Expected {
        lines = new TreeMap<>(lines);
    }

    /** The line of a path, or of the nearest key above it; 0 if nothing of it is written. */
    int line(String path) {
        String at = path;
        while (!lines.containsKey(at)) {
            int above = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
            if (above < 0) {
                return 0;
            }
            at = at.substring(0, above);
        }
        return lines.get(at);
    }
}
