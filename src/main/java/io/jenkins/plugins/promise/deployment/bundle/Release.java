package io.jenkins.plugins.promise.deployment.bundle;

import com.google.common.io.ByteSource;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A version with all that is needed to run it. What its files hold lies wherever it came from until it is asked for.
 *
 * @param deployed what it is
 * @param source the JSON of an orchestration's script with its libraries; null for a worker
 * @param files its files by their path: those of its own folder at the top, the suite's others below their folders
 */
public record Release(Deployed deployed, ByteSource source, Map<String, ByteSource> files) {
    /** Copies what it is given. */
    public Release {
        files = new TreeMap<>(files);
    }

    /** An orchestration's script with its libraries; nothing for a worker. */
    Optional<ScriptSource> script() throws IOException {
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(BundleIndex.source(source.read(), deployed.version() + "/" + Bundle.SOURCE));
        } catch (BrokenBundle e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
