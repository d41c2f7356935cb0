package io.jenkins.plugins.promise.acceptance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.time.Instant;

/**
 * What a registration callback gets: what is going to be reported.
 *
 * @param process the version that will run
 * @param queue the number of the queue item; null if none is known yet
 * @param promise which promise will be reported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Registration(String process, Long queue, Reference promise) {
    /**
     * The registration of a promise.
     *
     * @param queue the number of its item in the host's queue; null if none is known yet
     * @param url where its state is told
     */
    public static Registration of(Promise promise, Long queue, String url) {
        return new Registration(
                promise.version(),
                queue,
                new Reference(
                        promise.id(), promise.job(), promise.version(), url, promise.accepted(), promise.deadline()));
    }

    /**
     * The promise in a registration.
     *
     * @param id the promise's id
     * @param job the job's common name
     * @param version the deployed version
     * @param url where its state is told
     * @param accepted when it was accepted
     * @param deadline when it is settled at the latest
     */
    public record Reference(String id, String job, String version, String url, Instant accepted, Instant deadline) {}
}
