package io.jenkins.plugins.promise.environment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which component is, or is to be, at which commit. Its id follows from its content: the same combination is the same
 * manifest, wherever and whenever it is met.
 *
 * @param entries by component
 */
public record Manifest(@JsonValue SortedMap<String, Entry> entries) {
    /** Nothing yet. */
    public static final Manifest EMPTY = new Manifest(new TreeMap<>());

    private static final int ID_LENGTH = 16;

    /** Copies what it is given. */
    @JsonCreator
    public Manifest {
        entries = new TreeMap<>(entries);
    }

    /** Of entries in any order. */
    public static Manifest of(Map<String, Entry> entries) {
        return new Manifest(new TreeMap<>(entries));
    }

    /** What it is called: the beginning of the SHA-256 of its components, commits and digests. */
    public String id() {
        StringBuilder text = new StringBuilder();
        entries.forEach((component, e) -> text.append(component)
                .append('\n')
                .append(e.commit())
                .append('\n')
                .append(e.digest() == null ? "" : e.digest())
                .append('\n'));
        return Hashing.sha256()
                .hashString(text, StandardCharsets.UTF_8)
                .toString()
                .substring(0, ID_LENGTH);
    }

    /** What it has of a component; null if it has none. */
    public Entry entry(String component) {
        return entries.get(component);
    }

    /** Whether nothing is in it. */
    public boolean empty() {
        return entries.isEmpty();
    }

    /** The same with other entries of some components. */
    public Manifest with(Map<String, Entry> changes) {
        SortedMap<String, Entry> all = new TreeMap<>(entries);
        all.putAll(changes);
        return new Manifest(all);
    }

    /** The same with all candidates, one after the other. */
    public Manifest withAll(Collection<Candidate> candidates) {
        Manifest all = this;
        for (Candidate candidate : candidates) {
            all = all.with(candidate.entries());
        }
        return all;
    }

    /** What differs from this in another, by component. */
    public List<Difference> differences(Manifest other) {
        TreeSet<String> names = new TreeSet<>(entries.keySet());
        names.addAll(other.entries.keySet());
        List<Difference> found = new ArrayList<>();
        for (String name : names) {
            Entry one = entries.get(name);
            Entry two = other.entries.get(name);
            if (one == null ? two != null : !one.same(two)) {
                found.add(new Difference(name, one, two));
            }
        }
        return found;
    }

    /**
     * A component that is not the same in two manifests.
     *
     * @param from null where it is not there
     * @param to null where it is not there
     */
    public record Difference(String component, Entry from, Entry to) {}
}
