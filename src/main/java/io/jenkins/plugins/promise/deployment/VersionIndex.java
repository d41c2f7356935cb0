package io.jenkins.plugins.promise.deployment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which versions are deployed, which of them common names stand for, whose those names are and who may submit them. It is
 * what a deployment, a roll back and a pruning change, whole.
 *
 * @param revision how often it was changed
 * @param versions when each version was deployed
 * @param names what is kept of each common name
 */
public record VersionIndex(long revision, Map<String, Instant> versions, Map<String, Name> names) {
    /** Nothing deployed. */
    public static final VersionIndex EMPTY = new VersionIndex(0, Map.of(), Map.of());

    /** Copies what it is given. */
    public VersionIndex {
        versions = new TreeMap<>(versions);
        names = new TreeMap<>(names);
    }

    /** What a common name stands for now. */
    public Optional<String> latestOf(String name) {
        return Optional.ofNullable(names.get(name)).map(Name::latest);
    }

    /** Whether a version is what a common name stands for now. */
    public boolean isLatest(String version) {
        return names.values().stream().anyMatch(n -> n.latest().equals(version));
    }

    /** What a common name stood for before. */
    public Optional<String> before(String name) {
        List<String> stood = names.containsKey(name) ? names.get(name).stood() : List.of();
        return stood.size() < 2 ? Optional.empty() : Optional.of(stood.get(stood.size() - 2));
    }

    /** Who may submit a job over HTTP; nothing where nobody may. */
    public Optional<SubmitToken> token(String name) {
        return Optional.ofNullable(names.get(name)).map(Name::token);
    }

    /** The suite that a common name belongs to. */
    public Optional<String> owner(String name) {
        return Optional.ofNullable(names.get(name)).map(Name::suite);
    }

    /** The same after a deployment: all common names move to the bundle's versions, and are its suite's, at once. */
    public VersionIndex deployed(Bundle bundle, Instant now) {
        Map<String, Instant> all = new TreeMap<>(versions);
        Map<String, Name> then = new TreeMap<>(names);
        for (Deployed one : bundle.versions()) {
            all.putIfAbsent(one.version(), now);
            Name before = then.get(one.name());
            SubmitToken token = bundle.tokens().get(one.name());
            then.put(
                    one.name(),
                    new Name(
                            bundle.suite(),
                            // Who deploys may not have the token's variable; that takes nobody's right to submit away.
                            token == null && before != null ? before.token() : token,
                            moved(before, one.version())));
        }
        return with(all, then);
    }

    /** The same with a common name moved to one of its versions; going back forgets what came after. */
    public VersionIndex moved(String name, String version) {
        Map<String, Name> then = new TreeMap<>(names);
        then.computeIfPresent(name, (n, before) -> new Name(before.suite(), before.token(), moved(before, version)));
        return with(versions, then);
    }

    private static List<String> moved(Name before, String version) {
        List<String> stood = before == null ? new ArrayList<>() : new ArrayList<>(before.stood());
        int at = stood.lastIndexOf(version);
        if (at >= 0) {
            stood.subList(at + 1, stood.size()).clear();
        } else {
            stood.add(version);
        }
        return stood;
    }

    /** The same without these versions; a common name that stands for none of the others goes too. */
    public VersionIndex without(Collection<String> removed) {
        Map<String, Instant> all = new TreeMap<>(versions);
        all.keySet().removeAll(removed);
        Map<String, Name> then = new TreeMap<>();
        names.forEach((name, before) -> {
            List<String> left = new ArrayList<>(before.stood());
            left.removeAll(removed);
            if (!left.isEmpty()) {
                then.put(name, new Name(before.suite(), before.token(), left));
            }
        });
        return with(all, then);
    }

    private VersionIndex with(Map<String, Instant> all, Map<String, Name> then) {
        return all.equals(versions) && then.equals(names) ? this : new VersionIndex(revision + 1, all, then);
    }

    /** Whether nothing is deployed. */
    @JsonIgnore
    public boolean isEmpty() {
        return versions.isEmpty();
    }

    /**
     * What is kept of a common name, for all its versions.
     *
     * @param suite whose it is
     * @param token who may submit it over HTTP, in any of its versions; null for nobody
     * @param stood the versions that it stood for, one after the other and at least one; the last is what it stands for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Name(String suite, SubmitToken token, List<String> stood) {
        /** Copies what it is given. */
        public Name {
            if (suite == null || stood.isEmpty()) {
                throw new IllegalArgumentException("a common name is a suite's and stands for a version");
            }
            stood = new ArrayList<>(stood);
        }

        /** What it stands for now. */
        String latest() {
            return stood.get(stood.size() - 1);
        }
    }
}
