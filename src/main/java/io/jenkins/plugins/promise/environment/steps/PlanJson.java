package io.jenkins.plugins.promise.environment.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.work.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How components hang together, as a script says it: a map by component. */
public final class PlanJson {
    private PlanJson() {}

    /**
     * A component of it.
     *
     * @param train components of the same number are released together, those of a lower one before
     * @param depends which components it talks to
     * @param probe whether it can be asked which commit runs
     * @param integration whether it has an integration
     */
    record Part(@JsonProperty(required = true) int train, Set<String> depends, boolean probe, boolean integration) {
        Part {
            depends = depends == null ? Set.of() : new TreeSet<>(depends);
        }
    }

    /**
     * Reads it.
     *
     * @throws EnvironmentRefusal if it says something else
     */
    public static Plan read(String json) {
        Map<String, Part> parts;
        try {
            parts = Json.mapper().readValue(json, new TypeReference<LinkedHashMap<String, Part>>() {});
        } catch (JsonProcessingException e) {
            throw new EnvironmentRefusal(
                    EnvironmentRefusal.Why.INVALID,
                    "the plan says for each component train: a number, and depends:, probe: and integration: where it has"
                            + " them: " + Json.told(e));
        }
        if (parts == null || parts.containsValue(null)) {
            throw new EnvironmentRefusal(
                    EnvironmentRefusal.Why.INVALID,
                    "the plan says for each component train: a number, not null: " + json);
        }
        Map<Integer, List<String>> trains = new TreeMap<>();
        Map<String, Set<String>> depends = new TreeMap<>();
        Set<String> probed = new TreeSet<>();
        Set<String> tested = new TreeSet<>();
        parts.forEach((component, part) -> {
            trains.computeIfAbsent(part.train(), t -> new ArrayList<>()).add(component);
            depends.put(component, part.depends());
            if (part.probe()) {
                probed.add(component);
            }
            if (part.integration()) {
                tested.add(component);
            }
        });
        return new Plan(new ArrayList<>(trains.values()), depends, probed, tested);
    }
}
