package io.jenkins.plugins.promise.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import io.jenkins.plugins.promise.testing.Postgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Copies of ledgers, from each engine into each, and what is refused. */
public class LedgerCopyTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private LedgerLocation filled;
    private List<Promise> promises;
    private Path file;

    @Before
    public void fill() throws IOException {
        filled = embedded();
        promises = fill(filled);
        file = folder.getRoot().toPath().resolve("copy");
    }

    private LedgerLocation embedded() throws IOException {
        return new LedgerLocation.Embedded(folder.newFolder().toPath());
    }

    private static List<Promise> fill(LedgerLocation location) throws IOException {
        try (Ledger ledger = open(location)) {
            return all(ledger, new Samples(ledger).fill());
        }
    }

    private static Ledger open(LedgerLocation location) throws IOException {
        return Ledger.open(location, ControllerIdentity.begin("home", "http://home"), Clock.systemUTC());
    }

    private static List<Promise> all(Ledger ledger, List<String> ids) {
        return ids.stream().map(id -> ledger.find(id).orElseThrow()).toList();
    }

    /** The same, each taken over by the controller that is started on the copy. */
    private static void assertSame(List<Promise> promises, LedgerLocation copy) throws IOException {
        assertThat(LedgerCheck.of(copy)).isEmpty();
        try (Ledger ledger = open(copy)) {
            for (Promise promise : promises) {
                Promise found = ledger.find(promise.id()).orElseThrow();
                boolean adopted = promise.open();
                assertThat(found).isEqualTo(promise.taken(promise.number(), promise.epoch() + (adopted ? 1 : 0)));
                assertThat(ledger.report(promise.id()).isPresent())
                        .isEqualTo(promise.state().settled());
            }
            assertThat(ledger.keyOwner(new IdempotencyKey("job", "k", "f"))).isPresent();
            assertThat(ledger.lists()
                            .page(new PromiseQuery(PromiseQuery.Which.ALL, false, null, "zoë well", null, 10))
                            .promises())
                    .as("found by its words")
                    .hasSize(3);
            byte[] bytes = ledger.read(h -> h.select("SELECT content FROM version_file")
                    .mapTo(byte[].class)
                    .one());
            assertThat(bytes).containsExactly(0, 1, 0xff);
            Promise next = ((Taken.Accepted)
                            ledger.accept(Samples.another(promises.get(0))).join())
                    .promise();
            assertThat(next.number())
                    .isGreaterThan(promises.get(promises.size() - 1).number());
        }
        assertThat(LedgerCheck.of(copy)).isEmpty();
    }

    @Test
    public void everyTableIsCopiedButWhatIsMadeOfOthersAndTheControllersOfTheMoment() throws IOException {
        try (Ledger ledger = open(filled)) {
            List<String> tables = ledger.read(
                    h -> h.select("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                                    + " AND name NOT LIKE 'promise_search%'")
                            .mapTo(String.class)
                            .list());
            assertThat(tables)
                    .contains("controller", "ledger_schema")
                    .filteredOn(t -> !List.of("controller", "ledger_schema").contains(t))
                    .containsExactlyInAnyOrderElementsOf(LedgerLines.TABLES);
        }
    }

    @Test
    public void whatIsPausedKeptAsALogAndWatchedIsInACopy() throws IOException {
        List<String> rows = List.of(
                "paused_version VALUES ('work-v1-1234567', 'ann', 1)",
                "promise_log VALUES ('" + promises.get(0).id() + "', 0, 5, x'00ff')",
                "declared_component VALUES ('web', 'shop', '{}', 2)",
                "watched_component VALUES ('web', 'abc', 3, 4, 'abc', 'id')",
                "watched_branch VALUES ('/r', 'main', 'abc', 'told', 6, 'error', 7)");
        try (Ledger ledger = open(filled)) {
            rows.forEach(
                    row -> ledger.write(h -> h.execute("INSERT INTO " + row)).join());
        }
        LedgerCopy.backup(filled, file);
        LedgerLocation other = embedded();
        LedgerCopy.restore(file, other);
        try (Ledger ledger = open(other)) {
            for (String row : rows) {
                String table = row.substring(0, row.indexOf(' '));
                int copied = ledger.read(h -> h.select("SELECT count(*) FROM " + table)
                        .mapTo(int.class)
                        .one());
                assertThat(copied).as(table).isEqualTo(1);
            }
        }
    }

    @Test
    public void aBackupRestoredElsewhereHoldsEverything() throws IOException {
        LedgerCopy.backup(filled, file);
        LedgerLocation other = embedded();
        LedgerCopy.restore(file, other);
        assertSame(promises, other);
    }

    @Test
    public void anExportIsImportedIntoPostgresAndBackWithNothingLost() throws Exception {
        LedgerCopy.export(filled, file);
        LedgerLocation shared = Postgres.ofThisProcess().newLocation();
        read(shared, Files.readString(file));
        assertSame(promises, shared);

        List<Promise> onPostgres = fill(Postgres.ofThisProcess().newLocation());
        assertThat(onPostgres).hasSameSizeAs(promises);
    }

    @Test
    public void whatPostgresHoldsIsBackedUpAsAFileAndRestoredIntoSqlite() throws Exception {
        LedgerLocation shared = Postgres.ofThisProcess().newLocation();
        List<Promise> there = fill(shared);
        LedgerCopy.backup(shared, file);
        LedgerLocation other = embedded();
        LedgerCopy.restore(file, other);
        assertSame(there, other);
    }

    @Test
    public void aBackupOfAnEarlierBuildWhichHadFewerTablesIsRestored() throws IOException {
        try (InputStream stored = LedgerCopyTest.class.getResourceAsStream("/ledger/format-1/ledger.db")) {
            Files.copy(stored, file);
        }
        LedgerLocation other = embedded();
        LedgerCopy.restore(file, other);
        try (Ledger ledger = open(other)) {
            assertThat(ledger.find("01JGFJJZ000000000000000001")).isPresent();
        }
    }

    @Test
    public void aLedgerThatIsNotEmptyIsLeftAsItIs() throws IOException {
        LedgerCopy.backup(filled, file);
        assertThatThrownBy(() -> LedgerCopy.restore(file, filled))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not empty")
                .hasMessageContaining("nothing was changed");
        assertThatThrownBy(() -> LedgerCopy.backup(filled, file)).hasMessageContaining("is there already");
        assertThatThrownBy(() -> LedgerCopy.export(filled, file)).hasMessageContaining("is there already");
        assertSame(promises, filled);
    }

    @Test
    public void linesThatAreCutDamagedOrStrangeAreRefusedByNumberAndNothingIsTaken() throws IOException {
        LedgerCopy.export(filled, file);
        List<String> lines = Files.readAllLines(file);
        LedgerLocation other = embedded();

        assertRefused(other, "", "line 0");
        assertRefused(other, "{}", "line 1: this is no export of a ledger");
        assertRefused(other, "nothing", "line 1 is no JSON");
        assertRefused(other, joined(lines.subList(0, lines.size() - 1)), "end before they are whole");
        assertRefused(other, joined(lines.subList(0, lines.size() / 2)), "end before they are whole");
        String half = joined(lines);
        assertRefused(other, half.substring(0, half.length() / 2), "nothing was taken");
        for (String bad : List.of(
                "{",
                "[]",
                "{\"other\": 1}",
                "{\"table\": \"controller\", \"id\": \"x\"}",
                "{\"table\": \"promise\", \"id; --\": \"x\"}",
                "{\"table\": \"promise\", \"id\": \"x\"}",
                lines.get(1))) {
            List<String> damaged = new ArrayList<>(lines);
            damaged.set(3, bad);
            assertRefused(other, joined(damaged), "line 4");
        }
        List<String> twice = new ArrayList<>(lines);
        twice.addAll(lines);
        assertRefused(other, joined(twice), "line " + (lines.size() + 1));
        List<String> fewer = new ArrayList<>(lines);
        fewer.remove(3);
        assertRefused(other, joined(fewer), "end before they are whole");

        read(other, joined(lines));
        assertSame(promises, other);
    }

    private static String joined(List<String> lines) {
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static void assertRefused(LedgerLocation location, String lines, String why) throws IOException {
        assertThatThrownBy(() -> read(location, lines))
                .as(why)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    private static void read(LedgerLocation location, String lines) throws IOException {
        LedgerLines.read(location, new BufferedReader(new StringReader(lines)));
    }

    @Test
    public void aCopyThatIsCutOrNoLedgerIsRefusedAndLeavesNothing() throws IOException {
        LedgerCopy.backup(filled, file);
        byte[] whole = Files.readAllBytes(file);
        LedgerLocation other = embedded();
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> LedgerCopy.restore(file, other)).isInstanceOf(IOException.class);
        Files.writeString(file, "no ledger");
        assertThatThrownBy(() -> LedgerCopy.restore(file, other)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> LedgerCopy.restore(file.resolveSibling("absent"), other))
                .hasMessageContaining("there is no ledger at");
        Files.write(file, whole);
        LedgerCopy.restore(file, other);
        assertSame(promises, other);
        try (Stream<Path> left = Files.list(folder.getRoot().toPath())) {
            assertThat(left.map(p -> p.getFileName().toString())).noneMatch(n -> n.startsWith("ledger-copy"));
        }
    }
}
