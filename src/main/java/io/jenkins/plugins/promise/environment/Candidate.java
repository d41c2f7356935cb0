package io.jenkins.plugins.promise.environment;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Commits on their way to an environment, which go together or not at all.
 *
 * @param environment where it is tested
 * @param number its number there; a later one has a higher one
 * @param place its turn; one that replaces another keeps the other's
 * @param entries what it brings, by component
 */
public record Candidate(String environment, long number, long place, Map<String, Entry> entries, CandidateState state) {
    /** Copies what it is given. */
    public Candidate {
        entries = new TreeMap<>(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a candidate brings at least one component");
        }
    }

    /** The components of which a manifest has nothing: it is the first to bring them there. */
    public Set<String> newTo(Manifest manifest) {
        Set<String> components = new TreeSet<>(entries.keySet());
        components.removeAll(manifest.entries().keySet());
        return components;
    }

    /** What it brings, for people: {@code api 3f2a91c, web 77d01be}. */
    public String told() {
        return String.join(
                ", ",
                entries.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue().commit())
                        .toList());
    }

    /** The same in another state. */
    public Candidate in(CandidateState other) {
        return new Candidate(environment, number, place, entries, other);
    }
}
