package io.jenkins.plugins.promise.testing;

import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import java.io.File;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** The database engines that a ledger is tested on, by their names. */
public final class EngineOfTest {
    /** All of them. */
    public static final List<String> ALL = List.of("SQLite", "PostgreSQL");

    private EngineOfTest() {}

    /**
     * A new ledger's place.
     *
     * @param folder where an embedded one lies
     */
    public static LedgerLocation newLocation(String engine, File folder) throws IOException, SQLException {
        return switch (engine) {
            case "SQLite" -> EmbeddedLedger.in(folder.toPath());
            case "PostgreSQL" -> Postgres.ofThisProcess().newLocation();
            default -> throw new IllegalArgumentException(engine);
        };
    }
}
