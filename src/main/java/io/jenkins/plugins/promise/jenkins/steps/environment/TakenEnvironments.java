package io.jenkins.plugins.promise.jenkins.steps.environment;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The environments that builds have, or wait for: each build has one of a name once. */
public final class TakenEnvironments {
    private final Map<String, Set<String>> byBuild = new ConcurrentHashMap<>();

    /** Those that a build has, or waits for. */
    Set<String> of(String build) {
        return new HashSet<>(byBuild.getOrDefault(build, Set.of()));
    }

    /** A build has, or waits for, one more. */
    void add(String build, String environment) {
        byBuild.compute(build, (b, before) -> {
            Set<String> taken = before == null ? new HashSet<>() : new HashSet<>(before);
            taken.add(environment);
            return taken;
        });
    }

    /** A build has it no more. */
    void remove(String build, String environment) {
        byBuild.computeIfPresent(build, (b, before) -> {
            Set<String> taken = new HashSet<>(before);
            taken.remove(environment);
            return taken.isEmpty() ? null : taken;
        });
    }
}
