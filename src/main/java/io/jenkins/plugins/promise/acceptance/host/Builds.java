package io.jenkins.plugins.promise.acceptance.host;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.Outcome;
import java.util.Optional;

/** What a host does for promises: it queues and runs their builds. */
public interface Builds {
    /**
     * How many builds the host's queue may hold for a lane at once: about twice the executors that could take them now.
     * Asked often; must return soon.
     */
    int window(String lane);

    /**
     * Queues a build for a promise. The host tells {@link Promises#started} when it leaves the queue.
     *
     * @throws RuntimeException if it cannot; the promise is then settled with that reason
     */
    void enqueue(Promise promise);

    /** Takes a settled promise's build out of the queue or stops it, if it has not ended. */
    void abandon(Promise promise, String why);

    /** Where the build of an open promise stands, asked after a start or an adoption. */
    Status find(Promise promise);

    /** What the queued build of a promise waits for, in the host's own words; nothing if it is not queued. */
    Optional<String> why(Promise promise);

    /** What the running build of a promise waits for, besides its workers: a lease, an approval. */
    default Optional<WaitsFor> waitsFor(Promise promise) {
        return Optional.empty();
    }

    /**
     * Why no build of a promise's version is to be queued or started until a person helps, in a sentence: its job is
     * disabled. Nothing if builds may be. Asked often; must return soon. The host has it looked at again when that changes.
     */
    default Optional<String> held(Promise promise) {
        return Optional.empty();
    }

    /**
     * Takes a promise's build out of the queue, because its version is paused.
     *
     * @return whether it was there and the host will not tell of it; false if it has started, or if the host tells that the
     *     promise has returned
     */
    default boolean withdraw(Promise promise) {
        return false;
    }

    /**
     * Why nothing that waits at a lane can start until a person helps, in a sentence: no agent has the label. Nothing if
     * something can. Asked often; must return soon.
     */
    default Optional<String> lack(String lane) {
        return Optional.empty();
    }

    /**
     * Where a build stands.
     *
     * @param known whether the host has it in its queue or runs it
     * @param ended its outcome if it has ended
     */
    record Status(boolean known, Optional<Outcome> ended) {
        /** Neither queued nor running nor recorded. */
        public static final Status LOST = new Status(false, Optional.empty());
        /** Queued or running. */
        public static final Status ALIVE = new Status(true, Optional.empty());
    }
}
