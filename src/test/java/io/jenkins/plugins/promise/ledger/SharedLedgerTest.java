package io.jenkins.plugins.promise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.controllers.OtherController;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.Origin;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Postgres;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Two controllers that write to one PostgreSQL at the same moment. */
public class SharedLedgerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ROUNDS = 40;

    private Ledger one;
    private Ledger other;

    @Before
    public void open() throws Exception {
        LedgerLocation location = Postgres.ofThisProcess().newLocation();
        one = open(location, "one");
        other = open(location, "other");
    }

    private static Ledger open(LedgerLocation location, String home) throws IOException {
        return Ledger.open(location, ControllerIdentity.begin(home, "http://" + home), Clock.systemUTC());
    }

    @After
    public void close() throws IOException {
        one.close();
        other.close();
    }

    private static Promise promise(IdempotencyKey key) {
        String id = PromiseId.create();
        Delivery delivery = Delivery.planned(id, "R", Receives.REPORT, URI.create("http://127.0.0.1/r"));
        return new Promise(
                0,
                id,
                "job",
                "job-v1-1234567",
                "lane",
                Map.of(),
                List.of(),
                Samples.NOW,
                Samples.NOW.plusSeconds(60),
                new Origin.Outside(key, Submitter.UNKNOWN),
                Progress.Pending.NEW,
                List.of(delivery),
                List.of(),
                0);
    }

    @Test
    public void aKeyIsTakenOnceByAllControllersTogether() {
        for (int i = 0; i < ROUNDS; i++) {
            IdempotencyKey key = new IdempotencyKey("job", "key " + i, "f");
            List<CompletableFuture<Taken>> both = List.of(one.accept(promise(key)), other.accept(promise(key)));
            List<String> ids = new ArrayList<>();
            for (CompletableFuture<Taken> taken : both) {
                ids.add(
                        taken.join() instanceof Taken.Accepted accepted
                                ? accepted.promise().id()
                                : ((Taken.Repeated) taken.join()).earlier().id());
            }
            assertThat(ids.get(0)).isEqualTo(ids.get(1));
        }
        assertThat(one.lists().count(PromiseQuery.of(PromiseQuery.Which.ALL))).isEqualTo(ROUNDS);
    }

    @Test
    public void whatIsAskedForAgainAtOneIsNotDroppedByTheOther() {
        for (int i = 0; i < ROUNDS; i++) {
            Promise promise = ((Taken.Accepted) one.accept(promise(null)).join()).promise();
            String id = promise.id();
            one.settle(
                            id,
                            p -> p.settled(ReportStatus.SUCCESS, "done", Samples.NOW),
                            "{}".getBytes(StandardCharsets.UTF_8))
                    .join();
            Attempt attempt = new Attempt(Samples.NOW, 1, 204, null, null);
            one.change(id, p -> p.withDelivery("R", d -> d.after(d, attempt, RetrySchedule.DEFAULT, Samples.NOW)))
                    .join();
            CompletableFuture<List<String>> dropped =
                    CompletableFuture.supplyAsync(() -> one.drop(Duration.ofSeconds(-5), Clock.systemUTC()));
            Optional<Promise> again = other.change(id, p -> p.withDelivery("R", d -> d.ready(Instant.now())))
                    .join();
            if (again.isPresent()) {
                assertThat(dropped.join())
                        .as("%s was asked for again in round %s: %s", id, i, again.get())
                        .doesNotContain(id);
                assertThat(one.report(id)).isPresent();
                assertThat(one.find(id)).isPresent();
            } else {
                dropped.join();
                assertThat(one.find(id)).isEmpty();
                assertThat(one.report(id)).isEmpty();
            }
        }
    }

    @Test
    public void oneThatIsStoppedInTheMiddleOfATransactionMakesNobodySilent() throws Exception {
        CountDownLatch inTransaction = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Promise mine = ((Taken.Accepted) one.accept(promise(null)).join()).promise();
        CompletableFuture<Integer> stopped = one.write(handle -> {
            inTransaction.countDown();
            try {
                return goOn.await(1, TimeUnit.MINUTES) ? 1 : 0;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        inTransaction.await();
        OtherController silent = other.peers().others().get(0);

        long start = System.nanoTime();
        other.peers().takeOver(silent).join();
        other.peers().beat().join();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));

        // The database ends the transaction, and then it is taken over.
        Eventually.until(
                "taken over", PATIENCE, () -> other.peers().takeOver(silent).join() == 1);
        goOn.countDown();
        assertThat(stopped).failsWithin(PATIENCE);
        assertThat(one.change(mine.id(), p -> p.queued(1))).failsWithin(PATIENCE);
        assertThat(other.find(mine.id()).orElseThrow().epoch()).isEqualTo(1);
        assertThat(other.find(mine.id()).orElseThrow().progress().queueItem()).isEmpty();
    }
}
