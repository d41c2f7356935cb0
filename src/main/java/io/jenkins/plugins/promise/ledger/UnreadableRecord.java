package io.jenkins.plugins.promise.ledger;

/** A row of the ledger that this build cannot read. */
final class UnreadableRecord extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableRecord(String message) {
        super(message);
    }
}
