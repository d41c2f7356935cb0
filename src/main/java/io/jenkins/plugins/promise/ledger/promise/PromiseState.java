package io.jenkins.plugins.promise.ledger.promise;

/** Where a promise stands. */
public enum PromiseState {
    /** Accepted, maybe queued. */
    PENDING,
    /** Its build runs. */
    RUNNING,
    /** Settled with a report of status SUCCESS. */
    FULFILLED,
    /** Settled with a report of status FAILURE. */
    REJECTED;

    /** Whether there is a report. */
    public boolean settled() {
        return this == FULFILLED || this == REJECTED;
    }
}
