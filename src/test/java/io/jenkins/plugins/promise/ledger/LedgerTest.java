package io.jenkins.plugins.promise.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is on disk, and when. */
public class LedgerTest {
    private static final byte[] REPORT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.now();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path home;

    @Before
    public void prepare() throws IOException {
        home = folder.newFolder().toPath();
    }

    private static Promise promise(IdempotencyKey key, boolean withCallback) {
        String id = PromiseId.create();
        List<Delivery> deliveries = withCallback
                ? List.of(Delivery.planned(id, "R", Receives.REPORT, URI.create("http://127.0.0.1/r")))
                : List.of();
        return new Promise(
                id,
                "job",
                "job-v1-1234567",
                PromiseState.PENDING,
                Map.of("NAME", "ann"),
                List.of(),
                NOW,
                NOW.plusSeconds(60),
                7L,
                null,
                null,
                null,
                null,
                null,
                key,
                deliveries,
                List.of());
    }

    private static Promise settled(Promise promise) {
        return promise.settled(ReportStatus.SUCCESS, "well", NOW);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .map(f -> home.relativize(f).toString())
                    .filter(f -> !f.equals("lock"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    public void movesAPromiseAsItGoesOn() throws IOException {
        Promise promise = promise(null, true);
        String id = promise.id();
        String day = PromiseId.day(id).toString();
        try (Ledger ledger = Ledger.open(home)) {
            ledger.insert(promise);
            assertThat(files()).containsExactly("open/" + id + ".json");
            assertThat(Files.readString(home.resolve("open/" + id + ".json")))
                    .as("for people")
                    .contains("\n  \"state\" : \"PENDING\"", "\"NAME\" : \"ann\"");

            ledger.settle(id, LedgerTest::settled, p -> REPORT);
            assertThat(files()).containsExactly("open/" + id + ".json", "open/" + id + ".report.json");
            assertThat(ledger.settle(id, LedgerTest::settled, p -> new byte[0])).isEmpty();

            Attempt gone = new Attempt(NOW, 1, 410, "gone", null);
            ledger.change(id, p -> p.withDelivery("R", d -> d.after(d, gone, RetrySchedule.DEFAULT, NOW)));
            assertThat(files()).containsExactly("undelivered/" + id + ".json", "undelivered/" + id + ".report.json");
            assertThat(ledger.undelivered()).extracting(Promise::id).containsExactly(id);

            ledger.reopen(id, p -> p.withDelivery("R", d -> d.ready(NOW)));
            assertThat(files()).containsExactly("open/" + id + ".json", "open/" + id + ".report.json");

            Attempt taken = new Attempt(NOW, 1, 200, null, null);
            ledger.change(id, p -> p.withDelivery("R", d -> d.after(d, taken, RetrySchedule.DEFAULT, NOW)));
            assertThat(files())
                    .containsExactly("closed/" + day + "/" + id + ".json", "closed/" + day + "/" + id + ".report.json");
            assertThat(ledger.open()).isEmpty();
            assertThat(ledger.report(id)).contains(REPORT);
            assertThat(ledger.find(id).orElseThrow().delivery("R").orElseThrow().tries())
                    .isEqualTo(2);
        }
    }

    @Test
    public void isUsedByOneControllerOnly() throws IOException {
        Ledger first = Ledger.open(home);
        assertThatThrownBy(() -> Ledger.open(home))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by another controller");
        first.close();
        Ledger.open(home).close();
        assertThat(home).exists();
    }

    @Test
    public void dropsWhatIsClosedAndOldAndKeepsTheRest() throws IOException {
        IdempotencyKey key = new IdempotencyKey("job", "k", "f");
        Promise old = promise(key, false);
        Promise young = promise(null, false);
        Promise open = promise(null, true);
        Promise undelivered = promise(null, true);
        try (Ledger ledger = Ledger.open(home)) {
            ledger.noteKey(key, old.id());
            for (Promise promise : List.of(old, young, open, undelivered)) {
                ledger.insert(promise);
                ledger.settle(promise.id(), LedgerTest::settled, p -> REPORT);
            }
            Attempt gone = new Attempt(NOW, 1, 410, "gone", null);
            ledger.change(
                    undelivered.id(),
                    p -> p.withDelivery("R", d -> d.ready(NOW).after(d.ready(NOW), gone, RetrySchedule.DEFAULT, NOW)));
            FileTime longAgo = FileTime.from(NOW.minus(Duration.ofDays(40)));
            for (String file : files()) {
                if (!file.contains(young.id())) {
                    Files.setLastModifiedTime(home.resolve(file), longAgo);
                }
            }
            Instant later = NOW.plus(Duration.ofHours(1));

            assertThat(ledger.keyOwner(key)).isPresent();
            assertThat(ledger.drop(Duration.ofDays(30), Clock.fixed(later, java.time.ZoneOffset.UTC)))
                    .as("the day of its id is today's")
                    .isEmpty();
            Instant muchLater = NOW.plus(Duration.ofDays(31));
            Files.setLastModifiedTime(
                    home.resolve("closed/" + PromiseId.day(young.id()) + "/" + young.id() + ".json"),
                    FileTime.from(muchLater));
            assertThat(ledger.drop(Duration.ofDays(30), Clock.fixed(muchLater, java.time.ZoneOffset.UTC)))
                    .containsExactly(old.id());
            assertThat(ledger.find(old.id())).isEmpty();
            assertThat(ledger.keyOwner(key)).isEmpty();
            for (Promise kept : List.of(young, open, undelivered)) {
                assertThat(ledger.find(kept.id())).isPresent();
            }
        }
    }

    @Test
    public void startsWithoutLookingAtWhatIsClosed() throws IOException {
        Promise closed = promise(null, false);
        Promise open = promise(null, true);
        try (Ledger ledger = Ledger.open(home)) {
            ledger.insert(closed);
            ledger.insert(open);
            ledger.settle(closed.id(), LedgerTest::settled, p -> REPORT);
        }
        Path file = home.resolve("closed/" + PromiseId.day(closed.id()) + "/" + closed.id() + ".json");
        Files.writeString(file, "not to be read");
        Files.writeString(home.resolve("open/" + PromiseId.create() + ".json.tmp"), "half");
        try (Ledger ledger = Ledger.open(home)) {
            assertThat(ledger.open()).containsExactly(open);
            assertThat(files()).doesNotContain("broken");
        }
    }

    @Test
    public void tellsThatTheDiskTakesNothing() throws IOException {
        Promise promise = promise(null, false);
        try (Ledger ledger = Ledger.open(home)) {
            Path aside = home.resolveSibling("aside");
            Files.move(home.resolve("open"), aside);
            assertThatThrownBy(() -> ledger.insert(promise)).isInstanceOf(IOException.class);
            assertThat(ledger.find(promise.id())).isEmpty();
            Files.move(aside, home.resolve("open"));
            ledger.insert(promise);
            Files.move(home.resolve("open"), aside);
            assertThatThrownBy(() -> ledger.settle(promise.id(), LedgerTest::settled, p -> REPORT))
                    .isInstanceOf(IOException.class);
            assertThat(ledger.find(promise.id()).orElseThrow().state()).isEqualTo(PromiseState.PENDING);
            Files.move(aside, home.resolve("open"));
            assertThat(ledger.settle(promise.id(), LedgerTest::settled, p -> REPORT))
                    .isPresent();
        }
    }

    @Test
    public void finishesWhatACrashLeftHalfDone() throws IOException {
        Promise closed = promise(null, false);
        Promise settling = promise(null, true);
        try (Ledger ledger = Ledger.open(home)) {
            ledger.insert(closed);
            ledger.settle(closed.id(), LedgerTest::settled, p -> REPORT);
            ledger.insert(settling);
        }
        String day = "closed/" + PromiseId.day(closed.id()) + "/";
        Path report = home.resolve(day + closed.id() + ".report.json");
        // Killed before the report of the first had followed it, and before the second was settled after its report.
        Files.move(report, home.resolve("open/" + closed.id() + ".report.json"));
        Files.write(home.resolve("open/" + settling.id() + ".report.json"), REPORT);

        try (Ledger ledger = Ledger.open(home)) {
            assertThat(report).exists();
            assertThat(ledger.report(closed.id())).contains(REPORT);
            assertThat(ledger.unfinishedSettlement(closed.id())).isEmpty();
            assertThat(ledger.unfinishedSettlement(settling.id())).contains(REPORT);
        }
    }
}
