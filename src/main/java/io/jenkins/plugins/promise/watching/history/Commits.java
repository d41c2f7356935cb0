package io.jenkins.plugins.promise.watching.history;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The commits that a clone has. */
public interface Commits {
    /**
     * The whole hash of a commit.
     *
     * @param name a hash, perhaps its beginning, or in a clone of somebody's own a branch or a tag
     * @return nothing if this clone has no such commit
     */
    Optional<String> commit(String name) throws IOException, InterruptedException;

    /** Whether a commit is part of the history of another one; both are whole hashes of commits that are here. */
    boolean contains(String commit, String earlier) throws IOException, InterruptedException;

    /** The files that differ between two commits, from the top of the repository. */
    Set<String> differing(String from, String to) throws IOException, InterruptedException;

    /** Whether commits are missing, because the clone was made without them. */
    boolean shallow() throws IOException, InterruptedException;
}
