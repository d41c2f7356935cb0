package io.jenkins.plugins.promise.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.Origin;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the thread that writes outlives. */
public class GroupCommitTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void oneChangeForWhichThereIsNoMemoryNotEvenToTakeItBackDoesNotEndTheLedger() throws Exception {
        AtomicBoolean scarce = new AtomicBoolean();
        Ledger ledger = Ledger.open(
                EmbeddedLedger.in(folder.newFolder().toPath()),
                ControllerIdentity.begin("one", "http://one"),
                Clock.systemUTC(),
                source -> (DataSource) seen(DataSource.class, source, scarce));
        CompletableFuture<Object> first = ledger.write(handle -> {
            scarce.set(true);
            throw new OutOfMemoryError("expected");
        });
        assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(ledger.write(handle -> 1)).as("the next one").succeedsWithin(Duration.ofSeconds(5));
        ledger.close();
    }

    private static Object seen(Class<?> type, Object real, AtomicBoolean scarce) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals("rollback") && scarce.getAndSet(false)) {
                throw new OutOfMemoryError("expected");
            }
            try {
                Object result = method.invoke(real, arguments);
                return type == DataSource.class && result instanceof Connection
                        ? seen(Connection.class, result, scarce)
                        : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @Test
    public void submissionsWithKeysAreCommittedTogetherToo() throws Exception {
        try (Ledger ledger = Ledger.open(
                EmbeddedLedger.in(folder.newFolder().toPath()),
                ControllerIdentity.begin("one", "http://one"),
                Clock.systemUTC())) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            CompletableFuture<Integer> first = ledger.write(handle -> {
                begun.countDown();
                await(released);
                return 1;
            });
            begun.await();
            long before = ledger.load().transactions();
            List<CompletableFuture<Taken>> taken = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                taken.add(ledger.accept(promise(new IdempotencyKey("job", "key " + i, "f"))));
            }
            released.countDown();
            first.join();

            assertThat(taken).allSatisfy(t -> assertThat(t.join()).isInstanceOf(Taken.Accepted.class));
            assertThat(ledger.load().transactions() - before)
                    .as("the first one, and all others")
                    .isEqualTo(2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Promise promise(IdempotencyKey key) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Promise(
                0,
                PromiseId.create(),
                "job",
                "job-v1-1234567",
                "lane",
                Map.of(),
                List.of(),
                now,
                now.plusSeconds(60),
                new Origin.Outside(key, Submitter.UNKNOWN),
                Progress.Pending.NEW,
                List.of(),
                List.of(),
                0);
    }
}
