package io.jenkins.plugins.promise.testing;

import io.jenkins.plugins.promise.ledger.database.LedgerDatabase;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, from binaries on Maven Central, which waits for the disk as in production. */
public final class Postgres implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final EmbeddedPostgres server;
    /** The name of a database with the ledger's schema, which others are copied from; null before the first one. */
    private String schema;

    /** Starts a server. */
    public Postgres() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    /**
     * The server of all tests of this process that need none of their own, started when it is first asked for: a start
     * takes seconds. It ends with the process.
     */
    public static Postgres ofThisProcess() {
        return OfThisProcess.SERVER;
    }

    /** The URL of an empty database of its own, as the option {@code --ledger} takes it. */
    public String newDatabase() throws SQLException {
        String name = "ledger" + DATABASES.incrementAndGet();
        create(name);
        return url(name);
    }

    /** A database of its own that has the ledger's schema. */
    public synchronized LedgerLocation newLocation() throws IOException, SQLException {
        if (schema == null) {
            String first = "schema" + DATABASES.incrementAndGet();
            create(first);
            LedgerDatabase.open(LedgerLocation.shared(url(first), "postgres")).close();
            schema = first;
        }
        String name = "ledger" + DATABASES.incrementAndGet();
        create(name + " TEMPLATE " + schema);
        return LedgerLocation.shared(url(name), "postgres");
    }

    private void create(String what) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + what);
        }
    }

    private String url(String name) {
        return "postgresql://postgres@127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** Ends the server as a crash does, and starts it again; all connections are lost. */
    public void restart() throws IOException, InterruptedException, SQLException {
        String folder;
        Path postgres;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('data_directory'), pg_backend_pid()")) {
            row.next();
            folder = row.getString(1);
            // While the connection is there, so is the process at its other end.
            postgres = Path.of("/proc", Long.toString(row.getLong(2)), "exe").toRealPath();
        }
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                postgres.resolveSibling("pg_ctl").toString(),
                "restart",
                "-m",
                "immediate",
                "-w",
                "-D",
                folder,
                "-l",
                folder + "/restarted.log"));
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("pg_ctl restart ended with " + code);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static final class OfThisProcess {
        private static final Postgres SERVER = start();

        private static Postgres start() {
            try {
                return new Postgres();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
