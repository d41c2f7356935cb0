package io.jenkins.plugins.promise.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which versions may go: those that have not run for a while, are not latest, have no open promise, and that nothing kept
 * refers to.
 *
 * @param verdicts one for each version, in the order of their names
 */
public record Pruning(List<Verdict> verdicts) {
    /** Copies what it is given. */
    public Pruning {
        verdicts = new ArrayList<>(verdicts);
    }

    /**
     * How long a version must not have been used, as somebody gives it.
     *
     * @param name what it is given as
     * @throws Refused if it is no time
     */
    public static Duration age(String name, String given) throws Refused {
        return JobFileReader.duration(given)
                .orElseThrow(() -> new Refused(
                        Refused.Why.INVALID, name + " must be a time such as 12h or 7d, not '" + given + "'"));
    }

    /**
     * Judges versions.
     *
     * @param olderThan how long a version must not have been used
     */
    public static Pruning of(List<Use> versions, Instant now, Duration olderThan) {
        Map<String, Use> byName = new TreeMap<>();
        versions.forEach(v -> byName.put(v.version(), v));
        Map<String, String> kept = new TreeMap<>();
        Deque<Use> referring = new ArrayDeque<>();
        for (Use use : byName.values()) {
            String why = reason(use, now, olderThan);
            if (why != null) {
                kept.put(use.version(), why);
                referring.add(use);
            }
        }
        while (!referring.isEmpty()) {
            Use from = referring.remove();
            for (String to : from.uses()) {
                if (byName.containsKey(to) && kept.putIfAbsent(to, from.version() + " uses it") == null) {
                    referring.add(byName.get(to));
                }
            }
        }
        return new Pruning(
                byName.keySet().stream().map(v -> new Verdict(v, kept.get(v))).toList());
    }

    private static String reason(Use use, Instant now, Duration olderThan) {
        if (use.latest()) {
            return "it is latest";
        }
        if (use.openPromises() > 0) {
            return use.openPromises() + " of its promises " + (use.openPromises() == 1 ? "is" : "are") + " open";
        }
        return use.lastUsed().plus(olderThan).isAfter(now)
                ? "it was used at " + use.lastUsed().truncatedTo(ChronoUnit.SECONDS)
                : null;
    }

    /** The versions that go. */
    public List<String> removed() {
        return verdicts.stream()
                .filter(v -> v.kept() == null)
                .map(Verdict::version)
                .toList();
    }

    /**
     * What counts for and against a version.
     *
     * @param version its name
     * @param latest whether its common name stands for it
     * @param lastUsed when it was last submitted or settled, or else deployed
     * @param openPromises how many of its promises are open
     * @param uses the versions that it calls
     */
    public record Use(String version, boolean latest, Instant lastUsed, long openPromises, List<String> uses) {
        /** Copies what it is given. */
        public Use {
            uses = new ArrayList<>(uses);
        }
    }

    /**
     * Whether a version goes.
     *
     * @param version its name
     * @param kept why it stays; null if it goes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Verdict(String version, String kept) {}
}
