package io.jenkins.plugins.promise.local.console;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the machine of a controller does now.
 *
 * @param executors how many workers run at once
 * @param busy how many run
 * @param queued how many wait for an executor in the machine's own queue; the others wait in the ledger
 * @param windows how many builds the queue may hold at once, by lane
 */
public record HostLoad(int executors, int busy, int queued, Map<String, Integer> windows) {
    /** Copies what it is given. */
    public HostLoad {
        windows = new TreeMap<>(windows);
    }
}
