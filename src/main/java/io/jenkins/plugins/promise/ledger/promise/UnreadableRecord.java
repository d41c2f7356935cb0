package io.jenkins.plugins.promise.ledger.promise;

/** A row of the ledger that this build cannot read. */
public final class UnreadableRecord extends Exception {
    private static final long serialVersionUID = 1;

    /** With the reason, as people read it. */
    public UnreadableRecord(String message) {
        super(message);
    }
}
