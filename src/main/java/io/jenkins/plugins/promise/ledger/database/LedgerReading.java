package io.jenkins.plugins.promise.ledger.database;

import java.io.UncheckedIOException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Reads what was committed. */
public final class LedgerReading {
    private final Jdbi database;

    /** Reads that database. */
    public LedgerReading(Jdbi database) {
        this.database = database;
    }

    /**
     * What a query finds.
     *
     * @throws UncheckedIOException of a {@link LedgerUnavailable} if the database cannot be read
     */
    public <T> T read(Function<Handle, T> query) {
        try {
            return database.withHandle(query::apply);
        } catch (JdbiException e) {
            throw new UncheckedIOException(new LedgerUnavailable("the ledger cannot be read: " + e.getMessage(), e));
        }
    }
}
