package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.ledger.Promise;
import io.jenkins.plugins.promise.report.Outcome;
import java.util.Optional;

/** What a host does for promises: it queues and runs their builds. */
public interface Builds {
    /**
     * The number that the queue item of the next promise will have, for a host that numbers its queue itself.
     *
     * @return null where the number is known only after queueing
     */
    Long nextQueueNumber();

    /** Queues a build for a promise that is on disk. */
    void enqueue(Promise promise);

    /** Takes a promise's build out of the queue or stops it, because the promise was settled otherwise. */
    void abandon(Promise promise, String why);

    /** Where the build of an open promise stands, asked after a start. */
    Status find(Promise promise);

    /** The URL at which a promise's state is told. */
    String url(String promiseId);

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
