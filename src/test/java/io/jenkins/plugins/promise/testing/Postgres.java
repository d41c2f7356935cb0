package io.jenkins.plugins.promise.testing;

import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
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
}
