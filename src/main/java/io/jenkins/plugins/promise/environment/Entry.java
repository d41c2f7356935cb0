package io.jenkins.plugins.promise.environment;

import com.google.common.collect.Maps;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a manifest has of a component.
 *
 * @param commit the commit
 * @param digest of the artifact that was built of it; null if none is known
 * @param promise the promise that built and tested it; null if none did
 */
public record Entry(String commit, String digest, String promise) {
    private static final int SHORTEST = 7;

    /** Refuses an entry without a commit. */
    public Entry {
        if (commit == null || commit.isBlank()) {
            throw new IllegalArgumentException("an entry of a manifest needs a commit");
        }
    }

    /** A commit of which nothing else is known. */
    public static Entry of(String commit) {
        return new Entry(commit, null, null);
    }

    /**
     * Commits of which nothing else is known, by component.
     *
     * @throws EnvironmentRefusal naming a component that has none
     */
    public static Map<String, Entry> all(Map<String, String> commits) {
        commits.forEach((component, commit) -> {
            if (commit == null || commit.isBlank()) {
                throw new EnvironmentRefusal(
                        EnvironmentRefusal.Why.INVALID, "the commit of " + component + " is empty");
            }
        });
        return new TreeMap<>(Maps.transformValues(commits, Entry::of));
    }

    /** Whether what a probe told is this commit, whole or abbreviated. */
    public boolean is(String told) {
        return told != null && (told.equals(commit) || (told.length() >= SHORTEST && commit.startsWith(told)));
    }

    /** Whether the same is there, by whichever promise it was built. */
    public boolean same(Entry other) {
        return other != null && commit.equals(other.commit) && Objects.equals(digest, other.digest);
    }
}
