package io.jenkins.plugins.promise.environment.work;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What failed.
 *
 * @param reasons why, by component
 */
public record Failures(@JsonValue Map<String, String> reasons) {
    /** Nothing. */
    static final Failures NONE = new Failures(Map.of());

    /** Copies what it is given. */
    @JsonCreator
    public Failures {
        reasons = new TreeMap<>(reasons);
    }

    /** What failed of what was done. */
    static Failures of(List<ActResult> results) {
        Map<String, String> failed = new TreeMap<>();
        results.stream().filter(r -> !r.ok()).forEach(r -> failed.put(r.act().component(), r.reason()));
        return new Failures(failed);
    }

    boolean none() {
        return reasons.isEmpty();
    }

    Set<String> components() {
        return reasons.keySet();
    }

    /** All of it, for people. */
    String told() {
        return String.join(
                "; ",
                reasons.entrySet().stream()
                        .map(e -> e.getKey() + " failed (" + e.getValue() + ")")
                        .toList());
    }
}
