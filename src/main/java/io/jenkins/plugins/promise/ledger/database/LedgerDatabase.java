package io.jenkins.plugins.promise.ledger.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database of a ledger: opened, brought to the present schema, and closed. */
public final class LedgerDatabase implements AutoCloseable {
    private static final String DRIVER = "org.postgresql.Driver";
    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 10_000;
    /** So long a controller that is stopped in the middle of a transaction may hold up the others. */
    private static final int MOST_IDLE_MILLIS = 5_000;

    private static final int CACHE_KIB = 16 * 1024;
    /** A checkpoint costs two waits for the disk: one in 16 MiB of log, not in 4. */
    private static final int CHECKPOINT_PAGES = 4_000;

    private static final String CONNECT_SECONDS = "10";
    private static final String ANSWER_SECONDS = "15";
    /** Several connections that were cut off are found out within the time that a new one may take. */
    private static final int VALID_MILLIS = 1_000;

    private final boolean shared;
    private final HikariDataSource writing;
    private final HikariDataSource reading;
    private final FileChannel lock;
    private final UnaryOperator<DataSource> seen;

    private LedgerDatabase(
            boolean shared,
            HikariDataSource writing,
            HikariDataSource reading,
            FileChannel lock,
            UnaryOperator<DataSource> seen) {
        this.shared = shared;
        this.writing = writing;
        this.reading = reading;
        this.lock = lock;
        this.seen = seen;
    }

    /**
     * Opens a database, making it if it is not there.
     *
     * @throws IOException if it cannot be used, saying why and what to do
     */
    public static LedgerDatabase open(LedgerLocation location) throws IOException {
        return open(location, UnaryOperator.identity());
    }

    /**
     * Opens a database whose connections are seen through something, once its schema is up to date.
     *
     * @param seen what stands between the ledger and its connections
     */
    public static LedgerDatabase open(LedgerLocation location, UnaryOperator<DataSource> seen) throws IOException {
        return location instanceof LedgerLocation.Shared server
                ? shared(server, seen)
                : embedded(((LedgerLocation.Embedded) location).folder(), seen);
    }

    /** The file of an embedded ledger. */
    public static Path file(Path folder) {
        return folder.resolve(LedgerFolder.FILE);
    }

    private static LedgerDatabase embedded(Path folder, UnaryOperator<DataSource> seen) throws IOException {
        FileChannel lock = LedgerFolder.take(folder);
        try {
            HikariDataSource writing = pool(
                    sqlite(folder, false),
                    1,
                    "PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES,
                    "promise-ledger-writer");
            LedgerSchema.embedded(writing);
            return new LedgerDatabase(
                    false,
                    writing,
                    pool(sqlite(folder, true), READERS, "PRAGMA query_only = 1", "promise-ledger-readers"),
                    lock,
                    seen);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether a server can be reached; nothing is changed there. */
    public static void reach(LedgerLocation.Shared server) throws IOException {
        HikariConfig config = config(server, 1);
        config.setPoolName("promise-ledger-test");
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection connection = pool.getConnection()) {
            if (!connection.isValid(BUSY_MILLIS / 1000)) {
                throw new IOException("the ledger at " + server + " does not answer");
            }
        } catch (SQLException | RuntimeException e) {
            throw notReached(server, e);
        }
    }

    private static IOException notReached(LedgerLocation.Shared server, Exception problem) {
        return new IOException(
                "the ledger at " + server + " cannot be opened: "
                        + root(problem).getMessage(),
                problem);
    }

    private static HikariConfig config(LedgerLocation.Shared server, int connections) throws IOException {
        try {
            Class.forName(DRIVER, false, LedgerDatabase.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IOException(
                    "the ledger at " + server
                            + " cannot be opened: there is no driver of PostgreSQL; the Jenkins plugin"
                            + " postgresql-api brings it",
                    e);
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbcUrl());
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setDriverClassName(DRIVER);
        config.setMaximumPoolSize(connections);
        // A server that is cut off does not say so: whoever waited for its answer would wait for ever.
        config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
        config.addDataSourceProperty("socketTimeout", ANSWER_SECONDS);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    private static LedgerDatabase shared(LedgerLocation.Shared server, UnaryOperator<DataSource> seen)
            throws IOException {
        HikariConfig config = config(server, READERS + 2);
        config.setMinimumIdle(1);
        config.setPoolName("promise-ledger");
        config.setConnectionTimeout(BUSY_MILLIS);
        config.setValidationTimeout(VALID_MILLIS);
        config.setConnectionInitSql("SET idle_in_transaction_session_timeout = " + MOST_IDLE_MILLIS);
        try {
            HikariDataSource pool = new HikariDataSource(config);
            LedgerSchema.shared(pool);
            return new LedgerDatabase(true, pool, pool, null, seen);
        } catch (RuntimeException e) {
            throw notReached(server, e);
        }
    }

    private static Throwable root(Throwable problem) {
        return problem.getCause() == null ? problem : root(problem.getCause());
    }

    private static SQLiteDataSource sqlite(Path folder, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        // Nobody asks for them, and the driver asked the database after each insertion.
        config.setGetGeneratedKeys(false);
        if (!readOnly) {
            config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file(folder));
        return source;
    }

    private static HikariDataSource pool(SQLiteDataSource source, int size, String first, String name) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setMaxLifetime(0);
        config.setConnectionInitSql(first);
        config.setPoolName(name);
        return new HikariDataSource(config);
    }

    /** Whether other controllers may use it too. */
    public boolean shared() {
        return shared;
    }

    /** For what writes; one transaction at a time. */
    public Jdbi writing() {
        return Jdbi.create(seen.apply(writing));
    }

    /** For what only reads. */
    public Jdbi reading() {
        return Jdbi.create(seen.apply(reading));
    }

    @Override
    public void close() throws IOException {
        reading.close();
        writing.close();
        if (lock != null) {
            lock.close();
        }
    }
}
