package io.jenkins.plugins.promise.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.DeliveryState;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.controllers.OtherController;
import io.jenkins.plugins.promise.ledger.database.Fenced;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.Origin;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import io.jenkins.plugins.promise.ledger.promise.PromisePage;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.testing.EngineOfTest;
import io.jenkins.plugins.promise.testing.Postgres;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/** What the ledger keeps, on both engines. */
@RunWith(Parameterized.class)
public class LedgerTest {
    private static final byte[] REPORT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Clock CLOCK = Clock.systemUTC();

    @Parameterized.Parameter
    public String engine;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private LedgerLocation location;
    private Ledger ledger;

    @Parameterized.Parameters(name = "{0}")
    public static List<String> engines() {
        // Mutants are tried on one of them.
        return List.of(System.getProperty("engines", "SQLite,PostgreSQL").split(","));
    }

    @Before
    public void open() throws Exception {
        location = EngineOfTest.newLocation(engine, folder.newFolder());
        ledger = open("home");
    }

    @After
    public void close() throws IOException {
        ledger.close();
    }

    private Ledger open(String home) throws IOException {
        return Ledger.open(location, ControllerIdentity.begin(home, "http://" + home), CLOCK);
    }

    private static Promise promise(IdempotencyKey key, boolean withCallback) {
        String id = PromiseId.create();
        return promise(
                id,
                "job",
                new Origin.Outside(key, Submitter.UNKNOWN),
                withCallback
                        ? List.of(Delivery.planned(id, "R", Receives.REPORT, URI.create("http://127.0.0.1/r")))
                        : List.of());
    }

    private static Promise promise(String id, String job, Origin origin, List<Delivery> deliveries) {
        return new Promise(
                0,
                id,
                job,
                job + "-v1-1234567",
                "lane",
                Map.of("NAME", "Ann Müller"),
                List.of(),
                NOW,
                NOW.plusSeconds(60),
                origin,
                Progress.Pending.NEW,
                deliveries,
                List.of(),
                0);
    }

    private Promise accept(Promise promise) {
        return ((Taken.Accepted) ledger.accept(promise).join()).promise();
    }

    private static Promise settled(Promise promise) {
        return promise.settled(ReportStatus.SUCCESS, "well done", NOW);
    }

    private static Promise attempted(Promise promise, Integer status) {
        Attempt attempt = new Attempt(NOW, 1, status, null, null);
        return promise.withDelivery("R", d -> d.after(d, attempt, RetrySchedule.DEFAULT, NOW));
    }

    private Promise found(String id) {
        return ledger.find(id).orElseThrow();
    }

    private List<String> ids(PromiseQuery.Which which) {
        return ledger.lists().page(PromiseQuery.of(which)).promises().stream()
                .map(Promise::id)
                .toList();
    }

    private Promise ofItsOwn(String job, IdempotencyKey key) {
        Promise deployed = promise(PromiseId.create(), job, new Origin.Outside(key, Submitter.UNKNOWN), List.of());
        return accept(new Promise(
                0,
                deployed.id(),
                job,
                job,
                deployed.lane(),
                deployed.inputs(),
                deployed.secrets(),
                deployed.accepted(),
                deployed.deadline(),
                deployed.origin(),
                deployed.progress(),
                List.of(),
                List.of(),
                0));
    }

    private int count(String job, String words) {
        return ledger.lists().count(new PromiseQuery(PromiseQuery.Which.ALL, false, job, words, null, 100));
    }

    @Test
    public void whatAJobPromisedFollowsItToItsNewNameHoweverMuchThatIs() {
        IdempotencyKey key = new IdempotencyKey("team/quote", "k", "f");
        Promise running = ofItsOwn("team/quote", key);
        ledger.change(running.id(), p -> p.running("team/quote#7", NOW)).join();
        for (int i = 0; i < 1_100; i++) {
            String id = ofItsOwn("team/quote", null).id();
            if (i % 2 == 0) {
                var unused = ledger.settle(id, LedgerTest::settled, REPORT);
            }
        }
        Promise other = ofItsOwn("team/quote2", null);
        Promise deployed = accept(
                promise(PromiseId.create(), "team/quote", new Origin.Outside(null, Submitter.UNKNOWN), List.of()));

        ledger.rename("team/quote", "crew/bid");

        assertThat(count("crew/bid", "")).isEqualTo(1_101);
        assertThat(count("crew/bid", "bid")).isEqualTo(1_101);
        assertThat(count(null, "quote")).as("the two below").isEqualTo(2);
        assertThat(found(running.id()).job()).isEqualTo("crew/bid");
        assertThat(found(running.id()).version()).isEqualTo("crew/bid");
        assertThat(found(running.id()).progress().build()).contains("crew/bid#7");
        assertThat(found(other.id())).isEqualTo(other);
        assertThat(found(deployed.id())).as("a version keeps its name").isEqualTo(deployed);
        assertThat(ledger.keyOwner(new IdempotencyKey("crew/bid", "k", "f")))
                .hasValueSatisfying(owner -> assertThat(owner.earlier().id()).isEqualTo(running.id()));
        assertThat(ledger.keyOwner(key)).isEmpty();
    }

    @Test
    public void keepsAPromiseAsItGoesOn() {
        Promise taken = accept(promise(null, true));
        String id = taken.id();
        assertThat(taken.number()).isPositive();
        assertThat(found(id)).isEqualTo(taken);
        assertThat(ledger.find(taken.number())).contains(taken);

        ledger.change(id, p -> p.queued(7)).join();
        ledger.change(id, p -> p.running("build-1", NOW)).join();
        ledger.change(id, p -> p.withPhase(new PhaseRecord(1, "first", NOW, null, List.of())))
                .join();
        assertThat(found(id).progress()).isEqualTo(new Progress.Running(Optional.of(7L), 1, "build-1", NOW));
        assertThat(found(id).phases()).extracting(PhaseRecord::name).containsExactly("first");

        Promise done = ledger.settle(id, LedgerTest::settled, REPORT).join().orElseThrow();
        assertThat(found(id)).isEqualTo(done);
        assertThat(ledger.report(id)).contains(REPORT);
        assertThat(ledger.settle(id, LedgerTest::settled, new byte[0]).join())
                .as("once")
                .isEmpty();
        assertThat(ids(PromiseQuery.Which.OPEN)).containsExactly(id);

        ledger.change(id, p -> attempted(p, 410)).join();
        assertThat(ids(PromiseQuery.Which.OPEN)).isEmpty();
        assertThat(ids(PromiseQuery.Which.UNDELIVERED)).containsExactly(id);

        ledger.change(id, p -> p.withDelivery("R", d -> d.ready(NOW))).join();
        assertThat(ids(PromiseQuery.Which.OPEN)).containsExactly(id);
        assertThat(ids(PromiseQuery.Which.UNDELIVERED)).isEmpty();

        ledger.change(id, p -> attempted(p, 200)).join();
        assertThat(ids(PromiseQuery.Which.CLOSED)).containsExactly(id);
        assertThat(found(id).delivery("R").orElseThrow().state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(ledger.report(id)).contains(REPORT);
    }

    @Test
    public void isThereAfterAnotherStart() throws IOException {
        Promise taken = accept(promise(null, true));
        ledger.close();
        ledger = open("home");

        Promise again = found(taken.id());
        assertThat(again.epoch()).as("the new run has taken it over").isEqualTo(taken.epoch() + 1);
        assertThat(again.taken(again.number(), taken.epoch())).isEqualTo(taken);
        assertThat(ledger.change(taken.id(), p -> p.queued(3)).join()).isPresent();
    }

    @Test
    public void anEmbeddedOneIsUsedByOneControllerOnly() throws IOException {
        if (ledger.shared()) {
            return;
        }
        assertThatThrownBy(() -> open("other"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by another controller");
    }

    @Test
    public void aHomeOfABuildThatKeptFilesIsRefusedAndSaysSo() throws IOException {
        Path home = folder.newFolder().toPath();
        Files.createDirectories(home.resolve("open"));

        assertThatThrownBy(
                        () -> Ledger.open(new LedgerLocation.Embedded(home), ControllerIdentity.begin("h", "a"), CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("before the first release")
                .hasMessageContaining("Move the folder away");
    }

    @Test
    public void takesAKeyAndACallOnce() {
        IdempotencyKey key = new IdempotencyKey("job", "k", "f");
        List<CompletableFuture<Taken>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(ledger.accept(promise(key, false)));
        }
        List<Taken> taken = all.stream().map(CompletableFuture::join).toList();
        Promise first = ((Taken.Accepted) taken.get(0)).promise();
        assertThat(taken.subList(1, 20))
                .allSatisfy(t -> assertThat(((Taken.Repeated) t).earlier()).isEqualTo(first));
        assertThat(ledger.keyOwner(key).orElseThrow().fingerprint()).isEqualTo("f");
        assertThat(ledger.keyOwner(new IdempotencyKey("other", "k", "f"))).isEmpty();

        ParentCall call = new ParentCall(first.id(), 1, 0, "w", 1, null, null);
        Promise child = promise(call.id(), "w", new Origin.Called(call), List.of());
        Promise childTaken = accept(child);
        assertThat(ledger.accept(child).join()).isEqualTo(new Taken.Repeated(childTaken, null));
        assertThat(ledger.lists().children(first.id())).containsExactly(childTaken);

        ledger.settle(first.id(), LedgerTest::settled, REPORT).join();
        ParentCall late = new ParentCall(first.id(), 2, 0, "w", 1, null, null);
        assertThat(ledger.accept(promise(late.id(), "w", new Origin.Called(late), List.of()))
                        .join())
                .isEqualTo(new Taken.CallerEnded());
        assertThat(ledger.find(late.id())).isEmpty();
    }

    @Test
    public void aChangeThatFailsHurtsNoOtherOfItsGroup() {
        List<Promise> promises = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            promises.add(accept(promise(null, false)));
        }
        List<CompletableFuture<Optional<Promise>>> changes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int n = i;
            changes.add(ledger.change(promises.get(i).id(), p -> {
                if (n == 5) {
                    throw new IllegalStateException("broken on purpose");
                }
                return p.queued(n);
            }));
        }
        for (int i = 0; i < 10; i++) {
            if (i == 5) {
                assertThatThrownBy(changes.get(5)::join)
                        .isInstanceOf(CompletionException.class)
                        .hasMessageContaining("broken on purpose");
            } else {
                assertThat(changes.get(i).join().orElseThrow().progress().queueItem())
                        .contains((long) i);
            }
        }
        assertThat(found(promises.get(5).id())).isEqualTo(promises.get(5));
    }

    @Test
    public void dropsWhatIsClosedAndOldAndKeepsTheRest() {
        IdempotencyKey key = new IdempotencyKey("job", "k", "f");
        Promise old = accept(promise(key, false));
        Promise open = accept(promise(null, true));
        Promise undelivered = accept(promise(null, true));
        Promise caller = accept(promise(null, false));
        ParentCall call = new ParentCall(caller.id(), 1, 0, "w", 1, null, null);
        Promise child = accept(promise(call.id(), "w", new Origin.Called(call), List.of()));
        for (Promise promise : List.of(old, undelivered, child)) {
            ledger.settle(promise.id(), LedgerTest::settled, REPORT).join();
        }
        ledger.change(undelivered.id(), p -> attempted(p, 410)).join();
        Clock later = Clock.offset(CLOCK, Duration.ofDays(2));

        assertThat(ledger.drop(Duration.ofDays(3), later)).isEmpty();
        assertThat(ledger.drop(Duration.ofDays(1), later)).containsExactly(old.id());

        assertThat(ledger.find(old.id())).isEmpty();
        assertThat(ledger.report(old.id())).isEmpty();
        assertThat(ledger.keyOwner(key)).isEmpty();
        assertThat(List.of(open, undelivered, caller, child))
                .allSatisfy(p -> assertThat(ledger.find(p.id())).isPresent());
        assertThat(ledger.accept(promise(key, false)).join()).isInstanceOf(Taken.Accepted.class);
    }

    @Test
    public void listsByStateJobAndWordsPageByPage() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            all.add(0, accept(promise(null, false)).id());
        }
        String id = PromiseId.create();
        String other = accept(promise(id, "other", new Origin.Outside(null, Submitter.UNKNOWN), List.of()))
                .id();
        ledger.settle(other, LedgerTest::settled, REPORT).join();

        List<String> paged = new ArrayList<>();
        String after = null;
        do {
            PromisePage page =
                    ledger.lists().page(new PromiseQuery(PromiseQuery.Which.PENDING, false, "job", "", after, 10));
            page.promises().forEach(p -> paged.add(p.id()));
            after = page.next();
        } while (after != null);
        assertThat(paged).isEqualTo(all);
        assertThat(ids(PromiseQuery.Which.ALL)).hasSize(26).startsWith(other);
        assertThat(ledger.lists().count(PromiseQuery.of(PromiseQuery.Which.PENDING)))
                .isEqualTo(25);
        assertThat(ledger.lists().counts())
                .containsEntry(PromiseQuery.Which.PENDING, 25)
                .containsEntry(PromiseQuery.Which.FULFILLED, 1)
                .containsEntry(PromiseQuery.Which.CLOSED, 1);
        for (String words : List.of("well done", "WELL", "müll ann", "other-v1", id, id.substring(0, 20) + " done")) {
            assertThat(search(words)).as(words).contains(other);
        }
        assertThat(search("well absent")).isEmpty();
        assertThat(search("well")).containsExactly(other);
        assertThat(search("ann' OR '1'='1")).isEmpty();
        assertThat(search("\" * ) : '")).as("nothing that is a word").hasSize(26);
    }

    @Test
    public void aWordThatManyHaveIsFoundPageByPageInLongListsAndInShortOnes() {
        List<String> all = new ArrayList<>();
        List<CompletableFuture<Taken>> taken = new ArrayList<>();
        for (int i = 0; i < 2_100; i++) {
            Promise promise = promise(
                    PromiseId.create(),
                    i % 700 == 3 ? "rare" : "job",
                    new Origin.Outside(null, Submitter.UNKNOWN),
                    List.of());
            all.add(0, promise.id());
            taken.add(ledger.accept(promise));
        }
        taken.forEach(CompletableFuture::join);
        List<String> rare = List.of(all.get(2_099 - 1_403), all.get(2_099 - 703), all.get(2_099 - 3));

        assertThat(pages("müller ann", null)).isEqualTo(all);
        assertThat(pages("ann", "rare")).isEqualTo(rare);
        assertThat(pages("rare ann", null)).isEqualTo(rare);
        assertThat(pages("rare", "job")).isEmpty();
        assertThat(pages("absent", "rare")).isEmpty();
        assertThat(ledger.lists().count(words("ann", null, null))).isEqualTo(2_100);
        assertThat(ledger.lists().count(words("ann", "rare", null))).isEqualTo(3);
        assertThat(ledger.lists().count(words("rare", "job", null))).isZero();
    }

    @Test
    public void wordsThatNobodyHasLookedForAreFoundAfterAReopeningByWhatTheyAreThen() throws IOException {
        List<String> open = new ArrayList<>();
        List<String> settled = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            String id = accept(promise(null, false)).id();
            (i % 3 == 0 ? settled : open).add(0, id);
            if (i % 3 == 0) {
                ledger.settle(id, LedgerTest::settled, REPORT).join();
            }
        }
        ledger.close();
        ledger = open("home");

        assertThat(pages("ann", null)).hasSize(700);
        assertThat(pages("well", null)).isEqualTo(settled);
        String last = accept(promise(null, false)).id();
        ledger.settle(last, LedgerTest::settled, REPORT).join();
        assertThat(search(last)).containsExactly(last);
        ledger.drop(Duration.ZERO, Clock.offset(CLOCK, Duration.ofDays(1)));
        assertThat(pages("ann", null)).isEqualTo(open);
        assertThat(count(null, "well")).isZero();
    }

    private List<String> pages(String words, String job) {
        List<String> found = new ArrayList<>();
        String after = null;
        do {
            PromisePage page = ledger.lists().page(words(words, job, after));
            page.promises().forEach(p -> found.add(p.id()));
            after = page.next();
        } while (after != null);
        return found;
    }

    private static PromiseQuery words(String words, String job, String after) {
        return new PromiseQuery(PromiseQuery.Which.ALL, false, job, words, after, PromiseQuery.MOST);
    }

    private List<String> search(String words) {
        return ledger
                .lists()
                .page(new PromiseQuery(PromiseQuery.Which.ALL, false, null, words, null, 100))
                .promises()
                .stream()
                .map(Promise::id)
                .toList();
    }

    @Test
    public void knowsWhatIsToBeDone() {
        Promise first = accept(promise(null, true));
        Promise second = accept(promise(null, true));
        Promise third =
                accept(promise(PromiseId.create(), "busy", new Origin.Outside(null, Submitter.UNKNOWN), List.of()));

        assertThat(ledger.work().lanes()).containsExactly("lane");
        assertThat(ledger.work().waiting("lane", List.of(), List.of(), 2)).containsExactly(first, second);
        assertThat(ledger.work().waiting("lane", List.of("job"), List.of(), 5)).containsExactly(third);
        assertThat(ledger.work().waiting("another", List.of(), List.of(), 5)).isEmpty();
        assertThat(ledger.work().before(third)).isEqualTo(2);
        assertThat(ledger.work().nextDeadline()).contains(NOW.plusSeconds(60));
        assertThat(ledger.work().overdue(NOW.plusSeconds(59), 10)).isEmpty();
        assertThat(ledger.work().overdue(NOW.plusSeconds(60), 10)).hasSize(3);
        assertThat(ledger.lists().openByVersion()).containsEntry("job-v1-1234567", 2L);
        assertThat(ledger.work().receiversDue(NOW)).isEmpty();

        ledger.settle(first.id(), LedgerTest::settled, REPORT).join();
        assertThat(ledger.work().receiversDue(NOW)).containsExactly("http://127.0.0.1:80");
        assertThat(ledger.work().receiversDue(NOW.minusMillis(1))).isEmpty();
        assertThat(ledger.work().due("http://127.0.0.1:80", NOW, 10))
                .singleElement()
                .satisfies(p -> assertThat(p.promise()).isEqualTo(first.id()));
        assertThat(ledger.work().overdue(NOW.plusSeconds(60), 10)).hasSize(2);
    }

    @Test
    public void whatAnotherControllerHasTakenOverIsWrittenByItAlone() throws Exception {
        if (!ledger.shared()) {
            return;
        }
        Promise mine = accept(promise(null, true));
        try (Ledger other = open("other")) {
            assertThat(other.change(mine.id(), p -> p.queued(1)).join())
                    .as("it is not its own")
                    .isEmpty();
            OtherController silent = other.peers().others().get(0);
            ledger.peers().beat().join();
            assertThat(other.peers().takeOver(silent).join())
                    .as("it has shown itself")
                    .isZero();

            assertThat(other.peers().takeOver(other.peers().others().get(0)).join())
                    .isEqualTo(1);

            assertThat(other.change(mine.id(), p -> p.queued(1)).join()).isPresent();
            assertThatThrownBy(() -> ledger.change(mine.id(), p -> p.queued(2)).join())
                    .hasCauseInstanceOf(Fenced.class);
            assertThatThrownBy(() -> ledger.accept(promise(null, false)).join()).hasCauseInstanceOf(Fenced.class);
            assertThatThrownBy(() -> ledger.peers().beat().join()).hasCauseInstanceOf(Fenced.class);
            assertThat(other.find(mine.id()).orElseThrow().progress().queueItem())
                    .contains(1L);
        }
    }

    @Test
    public void aDatabaseCanBeReachedWithoutBeingChanged() throws Exception {
        Assume.assumeTrue(engine.equals("PostgreSQL"));
        LedgerLocation.Shared fresh =
                LedgerLocation.shared(Postgres.ofThisProcess().newDatabase(), "postgres");
        Ledger.reach(fresh);
        try (Connection connection = DriverManager.getConnection(fresh.jdbcUrl(), fresh.user(), fresh.password());
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")) {
            assertThat(tables.next()).isFalse();
        }
        LedgerLocation.Shared missing =
                new LedgerLocation.Shared(fresh.jdbcUrl() + "missing", fresh.user(), fresh.password());
        assertThatThrownBy(() -> Ledger.reach(missing))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be opened")
                .hasMessageContaining("missing");
    }
}
