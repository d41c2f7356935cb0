package io.jenkins.plugins.promise.ledger.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A ledger that is only read, beside the controller that may use it, or a copy of one. */
public final class LedgerReader implements AutoCloseable {
    private final Jdbi database;
    private final boolean embedded;
    private final AutoCloseable open;

    private LedgerReader(Jdbi database, boolean embedded, AutoCloseable open) {
        this.database = database;
        this.embedded = embedded;
        this.open = open;
    }

    /**
     * Opens a ledger, wherever it is kept; one on PostgreSQL is brought to the present schema first.
     *
     * @throws IOException if there is none, or it cannot be opened
     */
    public static LedgerReader open(LedgerLocation location) throws IOException {
        if (location instanceof LedgerLocation.Embedded file) {
            return file(LedgerDatabase.file(file.folder()));
        }
        LedgerDatabase shared = LedgerDatabase.open(location);
        return new LedgerReader(shared.reading(), false, shared);
    }

    /** A file of SQLite, wherever it lies. */
    public static LedgerReader file(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no ledger at " + file);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return new LedgerReader(Jdbi.create(source), true, () -> {});
    }

    /** For what only reads. */
    public Jdbi database() {
        return database;
    }

    /**
     * Reads a ledger as it is at one moment, for controllers may be writing.
     *
     * @param query has the same rows before it however often it asks
     */
    public <T, X extends Exception> T atOneMoment(HandleCallback<T, X> query) throws X {
        return database.inTransaction(
                embedded ? TransactionIsolationLevel.SERIALIZABLE : TransactionIsolationLevel.REPEATABLE_READ, query);
    }

    /** Whether it has that table; a file that an earlier build wrote is read as it is. */
    public boolean has(Handle handle, String table) {
        return !embedded
                || handle.select("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table)
                        .mapTo(int.class)
                        .findOne()
                        .isPresent();
    }

    /** Whether it is a file of SQLite, and not PostgreSQL. */
    public boolean embedded() {
        return embedded;
    }

    @Override
    public void close() throws IOException {
        try {
            open.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
