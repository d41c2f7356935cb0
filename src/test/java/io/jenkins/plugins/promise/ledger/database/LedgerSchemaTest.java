package io.jenkins.plugins.promise.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The schema of an embedded ledger, which is compared with all migrations only where it says that it is another one. */
public class LedgerSchemaTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private LedgerLocation ledger;
    private Path file;

    @Before
    public void make() throws Exception {
        Path place = folder.getRoot().toPath();
        ledger = new LedgerLocation.Embedded(place);
        file = LedgerDatabase.file(place);
        LedgerDatabase.open(ledger).close();
    }

    private String ask(String query) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private void change(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    public void itsHeadHasTheNumberOfTheNewestMigration() throws Exception {
        assertThat(ask("SELECT max(CAST(version AS INTEGER)) FROM ledger_schema"))
                .isEqualTo(String.valueOf(LedgerSchema.NEWEST));
        assertThat(ask("PRAGMA user_version")).isEqualTo(String.valueOf(LedgerSchema.NEWEST));
    }

    @Test
    public void oneOfAnOlderBuildIsBroughtUpToDate() throws Exception {
        change("DELETE FROM ledger_schema WHERE version = '15'");
        change("DROP TABLE declared_component");
        change("ALTER TABLE watched_branch DROP COLUMN error");
        change("ALTER TABLE watched_branch DROP COLUMN error_since");
        change("PRAGMA user_version = 13");

        LedgerDatabase.open(ledger).close();

        assertThat(ask("SELECT count(*) FROM declared_component")).isEqualTo("0");
        assertThat(ask("PRAGMA user_version")).isEqualTo(String.valueOf(LedgerSchema.NEWEST));
    }

    @Test
    public void oneOfABuildThatHadNoNumberInItsHeadIsLookedAtAndGetsIt() throws Exception {
        change("PRAGMA user_version = 0");

        LedgerDatabase.open(ledger).close();

        assertThat(ask("PRAGMA user_version")).isEqualTo(String.valueOf(LedgerSchema.NEWEST));
    }

    @Test
    public void oneThatCannotBeBroughtUpToDateIsRefused() throws Exception {
        change("DELETE FROM ledger_schema WHERE version = '15'");
        change("PRAGMA user_version = 13");

        assertThatThrownBy(() -> LedgerDatabase.open(ledger))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the ledger's schema cannot be brought up to date")
                .hasMessageContaining("declared_component");
        assertThat(ask("PRAGMA user_version")).isEqualTo("13");
    }
}
