package io.jenkins.plugins.promise.bench;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What one would write instead: an endpoint that takes a form and puts it into a queue, in memory or in a table of
 * SQLite. It checks nothing, runs nothing, and reports to nobody.
 */
public final class HomeMadeQueue {
    private final Queue<String> queue = new ConcurrentLinkedQueue<>();
    private final Connection database;

    private HomeMadeQueue(Connection database) {
        this.database = database;
    }

    /** Listens; the argument is {@code memory} or the database's file. */
    public static void main(String[] arguments) throws SQLException {
        HomeMadeQueue queue = new HomeMadeQueue(arguments[0].equals("memory") ? null : database(arguments[0]));
        queue.load();
        Javalin server = Javalin.create(config -> {
            config.showJavalinBanner = false;
            config.startupWatcherEnabled = false;
        });
        server.post("/submit", queue::submit);
        server.start("127.0.0.1", 0);
        System.out.println("Listening on http://127.0.0.1:" + server.port());
    }

    private static Connection database(String file) throws SQLException {
        Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = database.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            // As durable as our ledger: each commit is on disk before the answer leaves.
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("CREATE TABLE IF NOT EXISTS work (id TEXT PRIMARY KEY, body TEXT, state TEXT)");
        }
        return database;
    }

    private void load() throws SQLException {
        if (database != null) {
            try (Statement statement = database.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT id FROM work WHERE state = 'open'")) {
                while (rows.next()) {
                    queue.add(rows.getString(1));
                }
            }
        }
    }

    private void submit(Context context) throws SQLException {
        String id = UUID.randomUUID().toString();
        String body = context.formParamMap().toString();
        if (database != null) {
            synchronized (database) {
                try (PreparedStatement insert = database.prepareStatement("INSERT INTO work VALUES (?, ?, 'open')")) {
                    insert.setString(1, id);
                    insert.setString(2, body);
                    insert.executeUpdate();
                }
            }
        }
        queue.add(id);
        context.status(201).result(id);
    }
}
