package io.jenkins.plugins.promise.testing;

import io.jenkins.plugins.promise.ledger.LedgerLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, from binaries on Maven Central, which waits for the disk as in production. */
public final class Postgres implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final EmbeddedPostgres server;

    /** Starts a server. */
    public Postgres() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    /** The URL of a database of its own, as the option {@code --ledger} takes it. */
    public String newDatabase() throws SQLException {
        String name = "ledger" + DATABASES.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return "postgresql://postgres@127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** A database of its own. */
    public LedgerLocation newLocation() throws SQLException {
        return LedgerLocation.shared(newDatabase(), "postgres");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
