package io.jenkins.plugins.promise.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.SubmitToken;
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
 * @param token who may submit it over HTTP; null for nobody
 * @param content a SHA-256 in hex over all that makes the version what it is; the token is not part of it
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
        SubmitToken token,
        String content,
        Map<String, String> uses) {

    /** Copies what it is given. */
    public Deployed {
        uses = uses == null ? new TreeMap<>() : new TreeMap<>(uses);
    }

    /** The same, for whoever has that token. */
    public Deployed withToken(SubmitToken other) {
        return new Deployed(version, name, kind, contract, about, script, label, other, content, uses);
    }
}
