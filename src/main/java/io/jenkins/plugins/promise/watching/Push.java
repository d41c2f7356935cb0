package io.jenkins.plugins.promise.watching;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody tells that a branch has another commit, or none any more. What it is now is looked at, not believed.
 *
 * @param urls of the repository, as far as they were told
 * @param branch its name; null for a tag or another ref
 * @param ref what was pushed, as it was told
 */
public record Push(List<String> urls, String branch, String ref) {
    private static final String HEADS = "refs/heads/";

    /** Copies what it is given. */
    public Push {
        urls = new ArrayList<>(urls);
    }

    /** A push to a ref. */
    static Push of(List<String> urls, String ref) {
        return new Push(urls, ref.startsWith(HEADS) ? ref.substring(HEADS.length()) : null, ref);
    }
}
