package io.jenkins.plugins.promise.deployment.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.JobKind;
import java.util.Map;
import java.util.TreeMap;

/**
 * A deployed version of a job. It never changes.
 *
 * @param version {@code name-v3-1a2b3c4} or {@code name-dev-1a2b3c4}
 * @param name the common name
 * @param kind orchestration or worker
 * @param contract what it promises
 * @param about one line for people; null for none
 * @param script the script's file name
 * @param label a worker's label expression; null for any node
 * @param content a {@link ContentDigest} of all that makes the version what it is
 * @param uses the versions of the jobs that it calls, by their common names
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Deployed(
        String version,
        String name,
        JobKind kind,
        Contract contract,
        String about,
        String script,
        String label,
        String content,
        Map<String, String> uses) {

    /** Copies what it is given. */
    public Deployed {
        uses = uses == null ? new TreeMap<>() : new TreeMap<>(uses);
    }

    /** The same with its version's name and content, when they are known. */
    public Deployed named(String named, String digest) {
        return new Deployed(named, name, kind, contract, about, script, label, digest, uses);
    }
}
