package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.DeliveryState;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.VirtualClock;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/**
 * The database fails at the first, the second … the last operation of a whole life of two promises, an orchestration and
 * its worker: submitted, started, settled, delivered, asked for again, dropped.
 */
public class FaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Mutants are tried at some of the operations only. */
    private static final int STEP = Integer.getInteger("step", 1);
    /** What is expected here is logged as severe. */
    private static final Logger MODEL = Logger.getLogger("io.jenkins.plugins.promise");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final FaultyDatabase database = new FaultyDatabase();
    private final VirtualClock clock = new VirtualClock();
    private final Set<String> accepted = new LinkedHashSet<>();
    private final Map<String, byte[]> reports = new HashMap<>();
    private FakeHost host;
    private int lives;

    @Before
    public void start() throws IOException {
        MODEL.setLevel(Level.OFF);
        host = new FakeHost(EmbeddedLedger.in(folder.newFolder().toPath()), "home", database, clock, 100);
    }

    @After
    public void stop() throws IOException {
        MODEL.setLevel(null);
        host.close();
    }

    @Test
    @Category(Whole.class)
    public void aFullDiskAtEachOperationOfALifeLosesAndDoublesNothing() throws Exception {
        atEachOperation(FaultyDatabase.Fault.FULL, 1, STEP);
    }

    @Test
    @Category(Whole.class)
    public void aConnectionLostAtEachOperationAlsoAfterTheCommitWasDoneLosesAndDoublesNothing() throws Exception {
        atEachOperation(FaultyDatabase.Fault.LOST, 1, STEP);
    }

    @Test
    public void aDatabaseThatIsAwayForAWhileLosesAndDoublesNothing() throws Exception {
        atEachOperation(FaultyDatabase.Fault.FULL, 12, 20);
        atEachOperation(FaultyDatabase.Fault.LOST, 12, 20);
    }

    @Test
    public void onADiskThatIsReallyFullNothingIsAcceptedAndWhatWasAcceptedSettlesOnceThereIsRoom() throws Exception {
        String before = host.promises()
                .submit(FakeHost.submission("work", null, null))
                .promise()
                .id();
        pages("PRAGMA max_page_count = " + (pages("PRAGMA page_count") + 2));
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 1_000 && told.isEmpty(); i++) {
            try {
                accepted.add(host.promises()
                        .submit(FakeHost.submission("flow", "full " + i, null))
                        .promise()
                        .id());
            } catch (Refused e) {
                assertThat(e.why()).isEqualTo(Refused.Why.UNAVAILABLE);
                told.add(e.getMessage());
            }
        }
        assertThat(told)
                .singleElement()
                .asString()
                .contains("nothing was accepted")
                .contains("full");
        accepted.add(before);
        accepted.forEach(id -> host.settle(id, FakeHost.success()));
        pages("PRAGMA max_page_count = 1000000");

        Eventually.until("all are settled", PATIENCE, () -> accepted.stream()
                .allMatch(id -> host.ledger().find(id).orElseThrow().state().settled()));
        assertThat(host.queuedEver()).containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(host.bringAll(204)).hasSize(3 * accepted.size());
        assertThat(host.ledger().lists().openCount()).isZero();
    }

    private int pages(String pragma) {
        return host.ledger().write(h -> h.select(pragma).mapTo(int.class).one()).join();
    }

    private void atEachOperation(FaultyDatabase.Fault fault, int times, int step) throws Exception {
        boolean failed = true;
        for (int number = 1; failed; number += step) {
            database.failAt(fault, number, times);
            try {
                live();
                failed = database.failed() > 0;
                database.heal();
                assertAllIsWell();
            } catch (Throwable e) {
                throw new AssertionError(fault + " at operation " + number + ", " + database.operation(number), e);
            }
        }
        assertThat(lives).as("operations of a life").isGreaterThan(3);
    }

    /** What somebody does who tries again what was refused, and does not know what else has failed. */
    private void live() throws Exception {
        lives++;
        String parent = submit(FakeHost.submission("flow", "key " + lives, null));
        start(parent);
        String child = submit(FakeHost.submission("work", null, new ParentCall(parent, 1, 0, "w", 1, null, null)));
        start(child);
        quietly(() -> host.promises().settle(child, FakeHost.success()));
        quietly(() -> host.promises().settle(parent, FakeHost.success()));
        quietly(() -> host.bring(clock.instant(), 500));
        clock.pass(Duration.ofHours(1));
        quietly(() -> host.bring(clock.instant(), 410));
        quietly(() -> host.promises().redeliver(parent));
        quietly(() -> host.bring(clock.instant(), 204));
        quietly(() -> host.promises().drop());
    }

    private String submit(Submission submission) {
        for (int i = 0; i < 100; i++) {
            try {
                String id = host.promises().submit(submission).promise().id();
                accepted.add(id);
                return id;
            } catch (Refused | RuntimeException e) {
                expected(e);
            }
        }
        throw new AssertionError("never accepted");
    }

    private void start(String id) throws Exception {
        Eventually.until("it is queued", PATIENCE, () -> host.queue().contains(id));
        host.start(id);
        host.settleDownQuietly();
    }

    private static void quietly(Callable<?> deed) throws Exception {
        try {
            deed.call();
        } catch (Refused | RuntimeException | IOException e) {
            expected(e);
        }
    }

    private static void expected(Exception problem) {
        if (problem instanceof Refused refused) {
            assertThat(refused.why()).isIn(Refused.Why.UNAVAILABLE, Refused.Why.CONFLICT, Refused.Why.UNKNOWN);
        } else {
            assertThat(problem).hasMessageContaining("ledger");
        }
    }

    private void assertAllIsWell() throws Exception {
        Eventually.until("all is settled and delivered", PATIENCE, () -> {
            for (String id : host.queue()) {
                assertThat(accepted).as("nothing runs that was refused").contains(id);
                host.start(id);
                host.promises().settle(id, FakeHost.success());
            }
            host.ledger().work().forEachUnsettled(promise -> host.promises().settle(promise.id(), FakeHost.success()));
            clock.pass(Duration.ofHours(2));
            host.bring(clock.instant(), 204);
            return host.ledger().lists().openCount() == 0;
        });
        List<String> kept = new ArrayList<>();
        for (Promise promise : host.ledger()
                .lists()
                .page(new PromiseQuery(PromiseQuery.Which.ALL, true, null, "", null, 500))
                .promises()) {
            kept.add(promise.id());
            assertThat(promise.state().settled()).isTrue();
            byte[] report = host.ledger().report(promise.id()).orElseThrow();
            assertThat(reports.merge(promise.id(), report, (a, b) -> a)).isEqualTo(report);
            for (Delivery delivery : promise.deliveries()) {
                assertThat(delivery.state()).isIn(DeliveryState.DELIVERED, DeliveryState.GIVEN_UP);
            }
            if (promise.undelivered()) {
                host.promises().redeliver(promise.id());
                host.bring(clock.instant(), 204);
            }
        }
        assertThat(accepted).as("what was accepted is found, and nothing else").containsAll(kept);
        assertThat(accepted).isSubsetOf(host.queuedEver());
        assertThat(host.queue()).isEmpty();
        assertThat(kept).hasSize(2);
        clock.pass(Duration.ofDays(40));
        assertThat(host.promises().drop()).containsExactlyInAnyOrderElementsOf(kept);
        for (String table : List.of("promise", "delivery", "report", "idempotency_key")) {
            int rows = host.ledger().read(h -> h.select("SELECT count(*) FROM " + table)
                    .mapTo(int.class)
                    .one());
            assertThat(rows).as(table).isZero();
        }
    }
}
