package io.jenkins.plugins.promise.environment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * That a manifest passed. It belongs to that manifest, and to no other.
 *
 * @param manifest its id
 * @param environment where it was tested
 * @param base the environment whose head it was built on
 * @param baseNumber the number of that head
 * @param tested the components whose integration passed
 * @param candidates the numbers of the candidates that are in it and not in the base
 * @param promise who tested it
 */
public record Verdict(
        String manifest,
        String environment,
        String base,
        long baseNumber,
        List<String> tested,
        List<Long> candidates,
        String promise,
        Instant at) {
    /** Copies what it is given. */
    public Verdict {
        tested = new ArrayList<>(tested);
        candidates = new ArrayList<>(candidates);
    }
}
