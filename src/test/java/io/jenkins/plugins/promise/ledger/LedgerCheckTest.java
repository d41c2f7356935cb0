package io.jenkins.plugins.promise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerDatabase;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.SetAside;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is wrong with a ledger is found, and the promises that it touches are named; what can be read goes on. */
public class LedgerCheckTest {
    private static final int PAGE = 4096;
    private static final Logger LEDGER = Logger.getLogger("io.jenkins.plugins.promise.ledger");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path file;
    private LedgerLocation location;
    private List<String> ids;

    @Before
    public void fill() throws IOException {
        LEDGER.setLevel(Level.OFF);
        Path home = folder.newFolder().toPath();
        location = EmbeddedLedger.in(home);
        file = LedgerDatabase.file(home);
        try (Ledger ledger = open()) {
            ids = new Samples(ledger).fill();
        }
        assertThat(LedgerCheck.of(location)).isEmpty();
    }

    @After
    public void loud() {
        LEDGER.setLevel(null);
    }

    private Ledger open() throws IOException {
        return Ledger.open(location, ControllerIdentity.begin("home", "http://home"), Clock.systemUTC());
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.executeUpdate(one);
            }
        }
    }

    private List<Integer> pages(String table) throws SQLException {
        List<Integer> pages = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT rootpage FROM sqlite_master WHERE name = '" + table + "'")) {
            while (rows.next()) {
                pages.add(rows.getInt(1));
            }
        }
        return pages;
    }

    private void damage(int page) throws IOException {
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.seek((long) (page - 1) * PAGE);
            byte[] garbage = new byte[PAGE];
            Arrays.fill(garbage, (byte) 0xa5);
            random.write(garbage);
        }
    }

    private String faults() throws IOException {
        return String.join(
                "\n",
                LedgerCheck.of(location).stream().map(LedgerFault::toString).toList());
    }

    @Test
    public void aDamagedPageIsFoundAndThePromisesInItAreNamed() throws Exception {
        damage(pages("promise").get(0));
        assertThat(faults()).contains("the file is damaged").contains(ids);
    }

    @Test
    public void aDamagedPageOfReportsNamesThePromisesWhoseReportsAreInIt() throws Exception {
        damage(pages("report").get(0));
        assertThat(faults()).contains("the file is damaged").contains(ids.get(2), ids.get(5));
    }

    @Test
    public void aDamagedPageOfAnIndexIsFound() throws Exception {
        damage(pages("promise_by_job").get(0));
        assertThat(faults()).contains("the file is damaged");
    }

    @Test
    public void rowsThatAreMissingAreFoundByWhatRefersToThem() throws Exception {
        String closed = ids.get(5);
        String open = ids.get(3);
        sql(
                "DELETE FROM report WHERE promise = '" + closed + "'",
                "DELETE FROM delivery WHERE input = 'R' AND promise = '" + open + "'",
                "DELETE FROM idempotency_key");
        assertThat(faults())
                .contains("its report is missing: " + closed)
                .contains("a delivery of it is missing: " + open)
                .contains("its idempotency key is missing: " + ids.get(0));
        sql("DELETE FROM promise WHERE id = '" + open + "'");
        assertThat(faults())
                .contains("a report of a promise that is missing: " + open)
                .contains("a delivery of a promise that is missing: " + open);
    }

    @Test
    public void whatIsWrongWithDeployedVersionsIsFoundWithThePromisesThatNeedThem() throws Exception {
        String open = ids.get(0);
        String version;
        try (Ledger ledger = open()) {
            version = ledger.find(open).orElseThrow().version();
        }
        sql(
                "DELETE FROM version_file",
                "DELETE FROM version",
                "INSERT INTO version VALUES ('" + version + "', '{}', 'u', 0, 0)",
                "INSERT INTO version_file VALUES ('u', 'a', 0, 'x'), ('u', 'a', 1, 'y'), ('u', 'b', 0, 'z')",
                "INSERT INTO common_name VALUES ('good', 's', NULL, '[\"" + version + "\"]')");
        assertThat(faults()).isEmpty();

        sql("DELETE FROM version_file WHERE path = 'a' AND part = 0");
        assertThat(faults())
                .contains("the version " + version + " has a file of which a part is missing")
                .contains(open);
        sql("DELETE FROM version_file");
        assertThat(faults())
                .contains("the version " + version + " has no files")
                .contains(open);
        sql("UPDATE version SET version = 'other-v1-1234567'");
        assertThat(faults())
                .contains("the version " + version + " is not there, and is waited for")
                .contains("the common name good stands for " + version + ", which is not there")
                .contains(open);
        for (String damaged : List.of("[", "{}", "")) {
            sql("UPDATE common_name SET stood = '" + damaged + "' WHERE name = 'good'");
            assertThat(faults()).contains("what the common name good stood for is damaged");
        }
        sql("DELETE FROM version");
        assertThat(faults()).contains("the version " + version + " is not there, and is waited for");
    }

    @Test
    public void aWrongEpochAndAnUnknownOwnerAreFound() throws Exception {
        try (Ledger ledger = open()) {
            ledger.change(ids.get(0), p -> p.queued(7)).join();
        }
        sql("UPDATE promise SET epoch = 0 WHERE id = '" + ids.get(0) + "'");
        sql("UPDATE promise SET owner = 'nobody' WHERE id = '" + ids.get(1) + "'");
        assertThat(faults())
                .contains("its epoch is lower than the one it was written with: " + ids.get(0))
                .contains("of a controller that is unknown: " + ids.get(1));
    }

    @Test
    public void aRecordOfAFutureFormatOrADamagedOneIsSetAsideAndHurtsNoOther() throws Exception {
        sql(
                "UPDATE promise SET format = 9 WHERE id = '" + ids.get(1) + "'",
                "UPDATE promise SET record = 'null' WHERE id = '" + ids.get(0) + "'",
                "UPDATE delivery SET record = '{}' WHERE promise = '" + ids.get(3) + "'");
        assertThat(faults())
                .contains("its record has the format 9, and this build reads 1: " + ids.get(1))
                .contains("its record is empty: " + ids.get(0))
                .contains("a delivery of it is damaged")
                .contains(ids.get(3));
        try (Ledger ledger = open()) {
            assertThat(ledger.find(ids.get(1))).isEmpty();
            List<String> seen = ledger.lists().page(PromiseQuery.of(PromiseQuery.Which.ALL)).promises().stream()
                    .map(Promise::id)
                    .toList();
            assertThat(seen).containsExactly(ids.get(5), ids.get(4));
            ledger.write(h -> 0).join();
            assertThat(ledger.lists().setAside())
                    .extracting(SetAside::id)
                    .containsExactly(ids.get(0), ids.get(1), ids.get(3));
            assertThat(ledger.lists().count(PromiseQuery.of(PromiseQuery.Which.ALL)))
                    .isEqualTo(2);
            assertThat(ledger.lists().openByVersion()).doesNotContainValue(3L);
        }
    }

    @Test
    public void aDeliveryThatCannotBeReadDoesNotHoldUpItsReceiver() throws Exception {
        sql("UPDATE delivery SET record = '{' WHERE promise = '" + ids.get(0) + "'");
        try (Ledger ledger = open()) {
            Instant until = Samples.NOW.plusSeconds(1_000_000);
            assertThat(ledger.work().due("http://127.0.0.1:80", until, 10))
                    .extracting(Parcel::promise)
                    .contains(ids.get(1))
                    .doesNotContain(ids.get(0));
            ledger.write(h -> 0).join();
            assertThat(ledger.lists().setAside()).extracting(SetAside::id).containsExactly(ids.get(0));
            assertThat(ledger.work().due("http://127.0.0.1:80", until, 1)).hasSize(1);
        }
    }

    @Test
    public void recordsThatCannotBeReadDoNotMakeALaneOrAPageLookDone() throws Exception {
        List<String> many = new ArrayList<>();
        try (Ledger ledger = open()) {
            Promise sample = ledger.find(ids.get(0)).orElseThrow();
            for (int i = 0; i < 6; i++) {
                many.add(
                        ((Taken.Accepted) ledger.accept(Samples.another(sample)).join())
                                .promise()
                                .id());
            }
        }
        sql("UPDATE promise SET record = '{' WHERE id IN ('" + many.get(0) + "', '" + many.get(1) + "')");
        try (Ledger ledger = open()) {
            assertThat(ledger.work().waiting("lane", List.of(), List.of(), 4))
                    .extracting(Promise::id)
                    .containsExactly(ids.get(0), many.get(2), many.get(3), many.get(4));
        }
    }
}
