package io.jenkins.plugins.promise.deployment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which versions are deployed, and which of them common names stand for. A host keeps it in one file, so that replacing
 * that file is what deploys, rolls back and prunes.
 *
 * @param versions when each version was deployed
 * @param latest for each common name the versions that it stood for, one after the other; the last one is what it
 *     stands for now
 */
public record VersionIndex(Map<String, Instant> versions, Map<String, List<String>> latest) {
    /** Nothing deployed. */
    public static final VersionIndex EMPTY = new VersionIndex(Map.of(), Map.of());

    /** Copies what it is given. */
    public VersionIndex {
        versions = new TreeMap<>(versions);
        Map<String, List<String>> copy = new TreeMap<>();
        latest.forEach((name, stood) -> copy.put(name, new ArrayList<>(stood)));
        latest = copy;
    }

    /** What a common name stands for now. */
    public Optional<String> latestOf(String name) {
        List<String> stood = latest.get(name);
        return stood == null || stood.isEmpty() ? Optional.empty() : Optional.of(stood.get(stood.size() - 1));
    }

    /** Whether a version is what its common name stands for now. */
    public boolean isLatest(Deployed version) {
        return latestOf(version.name()).filter(version.version()::equals).isPresent();
    }

    /** What a common name stood for before. */
    public Optional<String> before(String name) {
        List<String> stood = latest.getOrDefault(name, List.of());
        return stood.size() < 2 ? Optional.empty() : Optional.of(stood.get(stood.size() - 2));
    }

    /** The same after a deployment: all common names move to the versions given, at once. */
    public VersionIndex deployed(Collection<Deployed> given, Instant now) {
        Map<String, Instant> all = new TreeMap<>(versions);
        VersionIndex moved = this;
        for (Deployed one : given) {
            all.putIfAbsent(one.version(), now);
            moved = moved.moved(one.name(), one.version());
        }
        return new VersionIndex(all, moved.latest);
    }

    /** The same with a common name moved to one of its versions; going back forgets what came after. */
    public VersionIndex moved(String name, String version) {
        Map<String, List<String>> then = new TreeMap<>(latest);
        List<String> stood = new ArrayList<>(then.getOrDefault(name, List.of()));
        int at = stood.lastIndexOf(version);
        if (at >= 0) {
            stood.subList(at + 1, stood.size()).clear();
        } else {
            stood.add(version);
        }
        then.put(name, stood);
        return new VersionIndex(versions, then);
    }

    /** The same without these versions. */
    public VersionIndex without(Collection<String> removed) {
        Map<String, Instant> all = new TreeMap<>(versions);
        all.keySet().removeAll(removed);
        Map<String, List<String>> then = new TreeMap<>();
        latest.forEach((name, stood) -> {
            List<String> left = new ArrayList<>(stood);
            left.removeAll(removed);
            if (!left.isEmpty()) {
                then.put(name, left);
            }
        });
        return new VersionIndex(all, then);
    }

    /** Whether nothing is deployed. */
    @JsonIgnore
    public boolean isEmpty() {
        return versions.isEmpty();
    }
}
