package io.jenkins.plugins.promise.ledger.database;

/**
 * This controller was taken for dead, and others have what it had: nothing that it wants to write is written any more, and
 * what it runs is to be stopped.
 */
public final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The refusal of everything that this controller writes. */
    public Fenced(String controller) {
        super("the controller " + controller + " did not show itself in time, and others have taken over what it had");
    }
}
