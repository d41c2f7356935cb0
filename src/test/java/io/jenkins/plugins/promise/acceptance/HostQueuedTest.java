package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a host has queued by itself: it is judged without the ledger, and starts when it is in the ledger. */
public class HostQueuedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Outcome CANCELLED = Outcome.failure("cancelled in the host's queue");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final FaultyDatabase database = new FaultyDatabase();
    private final VirtualClock clock = new VirtualClock();
    private final CountDownLatch gate = new CountDownLatch(1);
    private Path home;
    private FakeHost host;

    @Before
    public void start() throws IOException {
        home = folder.newFolder().toPath();
        open();
    }

    private void open() throws IOException {
        host = new FakeHost(EmbeddedLedger.in(home), "home", database, clock, 1_000);
    }

    @After
    public void stop() throws IOException {
        gate.countDown();
        database.heal();
        host.close();
    }

    /** Until the gate is opened, nothing is written. */
    private void block() {
        var unused = host.ledger().write(handle -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        });
    }

    private HostQueued queued() {
        return host.promises().hostQueued();
    }

    private String take() throws Refused {
        return queued().take(FakeHost.submission("work", null, null)).id();
    }

    private void written(String id) throws Exception {
        Eventually.until("it is written", PATIENCE, () -> !queued().comes(id));
    }

    private Promise found(String id) {
        return host.ledger().find(id).orElseThrow();
    }

    @Test
    public void nothingIsReadAndNothingWaitedForUntilItIsTakenAndItsBuildWaitsUntilItIsWritten() throws Exception {
        block();
        database.failAt(FaultyDatabase.Fault.FULL, Integer.MAX_VALUE, 0);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(take());
        }
        assertThat(database.count()).as("what the database was asked").isZero();
        assertThat(all).allMatch(queued()::comes);

        gate.countDown();
        for (String id : all) {
            written(id);
            assertThat(found(id).state()).isEqualTo(PromiseState.PENDING);
        }
        assertThat(host.queuedEver()).as("the host has queued them itself").isEmpty();
    }

    @Test
    public void whatDoesNotFitIsRefusedAndNothingIsStored() throws Exception {
        Submission wrong =
                Submission.of("work", GivenInputs.of(Map.of("N", "x", "NOPE", "1")), null, Submitter.UNKNOWN);
        assertThatThrownBy(() -> queued().take(wrong))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.violations()).hasSize(2));
        Submission nobody = Submission.of("nobody", GivenInputs.of(Map.of()), null, Submitter.UNKNOWN);
        assertThatThrownBy(() -> queued().take(nobody)).isInstanceOf(Refused.class);
        assertThat(host.ledger().lists().openCount()).isZero();
        host.promises().stopAccepting();
        assertThatThrownBy(this::take).isInstanceOf(Refused.class).hasMessageContaining("shutting down");
    }

    @Test
    public void whatIsCancelledBeforeItIsWrittenIsSettledOnceItIs() throws Exception {
        block();
        String id = take();
        assertThat(host.promises().settle(id, CANCELLED)).isFalse();
        host.promises().settle(List.of(id), Outcome.failure("and again"));
        assertThat(host.ledger().find(id)).isEmpty();

        gate.countDown();
        Eventually.until(
                "it is settled",
                PATIENCE,
                () -> host.ledger().find(id).filter(p -> p.state().settled()).isPresent());
        assertThat(host.promises().report(id).orElseThrow().reason()).isEqualTo(CANCELLED.reason());
    }

    @Test
    public void whatTheDiskDoesNotTakeIsTriedUntilItDoesAlsoIfItHadTakenIt() throws Exception {
        for (FaultyDatabase.Fault fault : FaultyDatabase.Fault.values()) {
            database.failEachCommit(fault);
            String id = take();
            Eventually.until("it was tried more than once", PATIENCE, () -> database.failed() > 2);
            assertThat(queued().comes(id)).isTrue();
            database.heal();
            written(id);
            host.settleDown();
            host.settleDown();
            assertThat(found(id).state()).as(fault.name()).isEqualTo(PromiseState.PENDING);
            host.start(id);
            assertThat(host.settle(id, FakeHost.success())).isTrue();
        }
        assertThat(host.queuedEver()).isEmpty();
    }

    @Test
    public void whatTheHostKeptStartsWhenItWasLookedUpAndIsWrittenWhereACrashCameBefore() throws Exception {
        String open = take();
        String settled = take();
        written(open);
        written(settled);
        host.settle(settled, FakeHost.success());
        String lost = PromiseId.create();
        String wrong = PromiseId.create();
        host.close();
        open();
        List<String> all = List.of(open, settled, lost, wrong);
        queued().holdBack(all);
        assertThat(all).allMatch(queued()::comes);

        Submission again = FakeHost.submission("work", null, null);
        assertThat(queued().kept(open, again)).isTrue();
        assertThat(queued().comes(open)).isFalse();
        assertThat(queued().kept(settled, again)).isFalse();
        assertThat(queued().kept(lost, again)).isTrue();
        written(lost);
        assertThat(found(lost).inputs()).containsEntry("N", "7");
        assertThat(queued().kept(
                                wrong,
                                Submission.of("work", GivenInputs.of(Map.of("N", "x")), null, Submitter.UNKNOWN)))
                .isFalse();
        assertThat(host.ledger().find(wrong)).isEmpty();
        assertThat(all).noneMatch(queued()::comes);
    }

    @Test
    public void manyThatWereCancelledWaitForTheDiskTogether() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            all.add(take());
        }
        for (String id : all) {
            written(id);
        }
        long before = host.ledger().load().transactions();

        host.promises().settle(all, CANCELLED);

        assertThat(all).allMatch(id -> found(id).state() == PromiseState.REJECTED);
        assertThat(host.ledger().load().transactions() - before).isLessThan(100);
    }
}
