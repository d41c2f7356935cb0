package io.jenkins.plugins.promise.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An environment as it is now.
 *
 * @param head what is there, as far as its condition is clean
 * @param frozen null if it is not
 * @param held why no candidate is taken; null if they are
 * @param lease who changes it now; null if nobody does
 * @param waiting who waits for the lease, in order
 * @param places what the ledger knows to be there, by component; a null is not known
 * @param candidates those that are not settled, in order
 */
public record EnvironmentStatus(
        EnvironmentRules rules,
        Head head,
        Condition condition,
        Halt frozen,
        Halt held,
        Lease lease,
        List<String> waiting,
        Map<String, Entry> places,
        List<Candidate> candidates) {
    /** Copies what it is given. */
    public EnvironmentStatus {
        waiting = new ArrayList<>(waiting);
        places = new TreeMap<>(places);
        candidates = new ArrayList<>(candidates);
    }
}
