package io.jenkins.plugins.promise.deployment;

import java.util.Map;
import java.util.TreeMap;

/**
 * A version with all that is needed to run it.
 *
 * @param deployed what it is
 * @param source an orchestration's script with its libraries; null for a worker
 * @param files a worker's files by their path: its own folder's at the top, the suite's others below their folders
 */
public record Release(Deployed deployed, ScriptSource source, Map<String, byte[]> files) {
    /** Copies what it is given. */
    public Release {
        files = new TreeMap<>(files);
    }
}
