package io.jenkins.plugins.promise.ledger.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The schema of a ledger, and how an older one is brought up to date. */
final class LedgerSchema {
    /** The number of the newest migration. */
    static final int NEWEST = 15;

    private static final String MIGRATIONS = "classpath:io/jenkins/plugins/promise/ledger/migrations/";

    private LedgerSchema() {}

    /**
     * Brings an embedded ledger up to date. It has the number of its schema in its head as well, where one look finds it: to
     * compare all migrations takes one of the first seconds of a process.
     */
    static void embedded(DataSource writing) throws IOException {
        try (Connection connection = writing.getConnection();
                Statement statement = connection.createStatement()) {
            if (version(statement) == NEWEST) {
                return;
            }
        } catch (SQLException e) {
            throw notUpToDate(e);
        }
        migrate(
                writing,
                "sqlite",
                Map.of(
                        "number", "INTEGER PRIMARY KEY AUTOINCREMENT",
                        "bytes", "BLOB",
                        "clustered", " WITHOUT ROWID"));
        try (Connection connection = writing.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = " + NEWEST);
        } catch (SQLException e) {
            throw notUpToDate(e);
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
            return version.getInt(1);
        }
    }

    /** Brings one on PostgreSQL up to date. */
    static void shared(DataSource server) throws IOException {
        migrate(server, "postgresql", Map.of("number", "BIGSERIAL PRIMARY KEY", "bytes", "BYTEA", "clustered", ""));
    }

    private static void migrate(DataSource source, String engine, Map<String, String> placeholders) throws IOException {
        try {
            Flyway.configure(LedgerSchema.class.getClassLoader())
                    .dataSource(source)
                    .locations(MIGRATIONS + "common", MIGRATIONS + engine)
                    .placeholders(placeholders)
                    .table("ledger_schema")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw notUpToDate(e);
        }
    }

    private static IOException notUpToDate(Exception problem) {
        return new IOException("the ledger's schema cannot be brought up to date: " + problem.getMessage(), problem);
    }
}
