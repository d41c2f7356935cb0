package io.jenkins.plugins.promise.ledger.database;

import java.io.IOException;

/** The database did not take or give something just now: a full disk, a lost connection. Trying again may do. */
public final class LedgerUnavailable extends IOException {
    private static final long serialVersionUID = 1;

    /** With what the database said. */
    public LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
