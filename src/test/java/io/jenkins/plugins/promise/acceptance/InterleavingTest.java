package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.DeliveryState;
import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Two things that happen to a promise at the same moment, over and over. */
public class InterleavingTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 100);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final VirtualClock clock = new VirtualClock();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CyclicBarrier barrier = new CyclicBarrier(2);
    private FakeHost host;

    @Before
    public void start() throws IOException {
        host = new FakeHost(EmbeddedLedger.in(folder.newFolder().toPath()), "home", new FaultyDatabase(), clock, 1_000);
    }

    @After
    public void stop() throws IOException {
        threads.shutdownNow();
        host.close();
    }

    /** Both at once; whether each did what it was to do, and was not refused. */
    private List<Boolean> together(Callable<Boolean> one, Callable<Boolean> other) throws Exception {
        List<Future<Boolean>> both = new ArrayList<>();
        for (Callable<Boolean> deed : List.of(one, other)) {
            both.add(threads.submit(() -> {
                barrier.await();
                try {
                    return deed.call();
                } catch (Refused e) {
                    assertThat(e.why()).isIn(Refused.Why.CONFLICT, Refused.Why.UNKNOWN);
                    return false;
                }
            }));
        }
        return List.of(both.get(0).get(), both.get(1).get());
    }

    private String submit(String job) throws Refused {
        return host.promises()
                .submit(FakeHost.submission(job, null, null))
                .promise()
                .id();
    }

    private Promise found(String id) {
        return host.ledger().find(id).orElseThrow();
    }

    private boolean cancelled(String id) throws Refused {
        host.promises().cancel(id, "somebody");
        return true;
    }

    @Test
    public void ofTwoSettlementsOneCounts() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String id = submit("work");
            List<Boolean> counted = together(() -> host.promises().settle(id, FakeHost.success()), () -> host.promises()
                    .settle(id, Outcome.failure("no")));
            assertThat(counted).containsExactlyInAnyOrder(true, false);
            assertThat(found(id).state()).isEqualTo(counted.get(0) ? PromiseState.FULFILLED : PromiseState.REJECTED);
            assertThat(host.promises()
                            .report(id)
                            .orElseThrow()
                            .outcome()
                            .status()
                            .name())
                    .isEqualTo(counted.get(0) ? "SUCCESS" : "FAILURE");
        }
    }

    @Test
    public void whatIsCancelledWhileItStartsIsSettledAndInNoQueue() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String id = submit("work");
            List<Boolean> done = together(() -> cancelled(id), () -> {
                host.start(id);
                return true;
            });
            assertThat(done).containsExactly(true, true);
            host.settleDown();
            assertThat(found(id).state()).isEqualTo(PromiseState.REJECTED);
            assertThat(host.queue()).doesNotContain(id);
            assertThat(host.dispatch().waitsFor(found(id)).map(WaitsFor::what)).contains("delivery");
        }
    }

    @Test
    public void aCallWhileItsCallerSettlesIsRefusedOrSettledWithIt() throws Exception {
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String caller = submit("flow");
            ParentCall call = new ParentCall(caller, 1, 0, "w", 1, null, null);
            List<Boolean> done =
                    together(() -> host.promises().settle(caller, FakeHost.success()), () -> !host.promises()
                            .submit(FakeHost.submission("work", null, call))
                            .repeated());
            assertThat(done.get(0)).isTrue();
            if (done.get(1)) {
                Eventually.until("the worker is settled too", Duration.ofSeconds(5), () -> found(call.id())
                        .state()
                        .settled());
                assertThat(host.queue()).doesNotContain(call.id());
            } else {
                refused++;
                assertThat(host.ledger().find(call.id())).isEmpty();
            }
        }
        assertThat(refused).as("both orders came up").isBetween(1, ROUNDS - 1);
    }

    @Test
    public void aRedeliveryDuringAnAttemptIsNeitherLostNorMadeTwice() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            String id = submit("work");
            host.settle(id, FakeHost.success());
            host.bringAll(410);
            host.promises().redeliver(id);
            Parcel parcel = new Parcel(id, found(id).delivery("S").orElseThrow());
            int status = i % 2 == 0 ? 204 : 500;
            together(
                    () -> {
                        host.outbox()
                                .attempted(parcel, new Attempt(clock.instant(), 1, status, "no", null))
                                .join();
                        return true;
                    },
                    () -> host.promises().redeliver(id) > 0);
            DeliveryState state = found(id).delivery("S").orElseThrow().state();
            if (status == 500) {
                assertThat(state).isEqualTo(DeliveryState.WAITING);
            }
            assertThat(host.outbox().body(parcel))
                    .as("the one that was brought is not brought again")
                    .isEmpty();
            clock.pass(Duration.ofHours(1));
            host.bringAll(204);
            assertThat(found(id).delivery("S").orElseThrow().state()).isEqualTo(DeliveryState.DELIVERED);
            assertThat(found(id).open()).isFalse();
        }
    }

    @Test
    public void aRedeliveryWhileItIsDroppedIsRefusedOrKeepsTheReport() throws Exception {
        int kept = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String id = submit("work");
            host.settle(id, FakeHost.success());
            host.bringAll(204);
            clock.pass(FakeHost.RETENTION.plusMinutes(1));
            List<Boolean> done = together(
                    () -> host.promises().drop().contains(id),
                    () -> host.promises().redeliver(id) > 0);
            assertThat(done).as("one of the two").containsExactlyInAnyOrder(true, false);
            if (done.get(1)) {
                kept++;
                assertThat(host.bringAll(204)).hasSize(3);
                assertThat(host.ledger().report(id)).isPresent();
            } else {
                assertThat(host.ledger().find(id)).isEmpty();
            }
        }
        assertThat(kept).as("both orders came up").isBetween(1, ROUNDS - 1);
    }
}
