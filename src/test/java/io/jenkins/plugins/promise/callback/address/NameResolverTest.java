package io.jenkins.plugins.promise.callback.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.testing.Eventually;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Test;

public class NameResolverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> lookedUp = new ConcurrentLinkedQueue<>();
    private NameResolver resolver;

    @After
    public void close() {
        released.countDown();
        resolver.close();
    }

    /** A platform whose name servers say nothing about names with "silent" in them. */
    private InetAddress[] lookUp(String host) throws UnknownHostException {
        lookedUp.add(host);
        if (host.contains("silent")) {
            hanging.incrementAndGet();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            hanging.decrementAndGet();
        }
        if (host.contains("unknown")) {
            throw new UnknownHostException(host);
        }
        if (host.contains("broken")) {
            throw new StackOverflowError(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(new byte[] {93, (byte) 184, (byte) 216, 34})};
    }

    private void resolver(Duration limit) {
        resolver = new NameResolver(this::lookUp, limit);
    }

    private List<InetAddress> resolve(String host) throws Exception {
        return resolver.resolve(host).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    public void tellsAddressesAndWhatKeepsThemAway() throws Exception {
        resolver(PATIENCE);

        assertThat(resolve("good.example"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("93.184.216.34");
        assertThatThrownBy(() -> resolve("unknown.example")).hasRootCauseInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> resolve("broken.example")).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(resolve("good.example")).as("after all of that").hasSize(1);
        assertThat(resolve("host")).hasSize(1);
    }

    @Test
    public void aNameIsLookedUpOnceAtATime() throws Exception {
        resolver(PATIENCE);
        List<CompletableFuture<List<InetAddress>>> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(resolver.resolve("a.silent.example"));
        }
        Eventually.until("it hangs", PATIENCE, () -> hanging.get() == 1);
        released.countDown();

        for (CompletableFuture<List<InetAddress>> one : asked) {
            assertThat(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasSize(1);
        }
        assertThat(lookedUp).containsExactly("a.silent.example");
        assertThat(resolve("a.silent.example"))
                .as("and again when it is asked again")
                .hasSize(1);
        assertThat(lookedUp).hasSize(2);
    }

    @Test
    public void whatIsNotAnsweredInTimeFailsAndIsNotAskedLater() throws Exception {
        resolver(Duration.ofMillis(300));
        List<CompletableFuture<List<InetAddress>>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            asked.add(resolver.resolve("r" + i + ".silent.example"));
        }
        for (CompletableFuture<List<InetAddress>> one : asked) {
            assertThatThrownBy(() -> one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
        released.countDown();
        Eventually.until("none hangs", PATIENCE, () -> hanging.get() == 0);
        assertThat(resolve("good.example")).hasSize(1);

        assertThat(lookedUp.stream().filter(h -> h.contains("silent"))).hasSize(4);
    }

    @Test
    public void aSilentDomainHoldsUpNoOther() throws Exception {
        resolver(PATIENCE);
        for (int i = 0; i < 1_500; i++) {
            var unused = resolver.resolve("r" + i + ".silent.example");
        }

        for (String host : List.of("new.example", "other.org", "b.co.uk", "c.co.uk", "127.example", "host")) {
            assertThat(resolve(host)).as(host).hasSize(1);
        }
        assertThat(hanging.get()).isEqualTo(4);
    }

    @Test
    public void silentDomainsLeaveThreadsToThoseThatAnswer() throws Exception {
        resolver(PATIENCE);
        assertThat(resolve("a.known.example")).hasSize(1);
        for (int i = 0; i < 1_500; i++) {
            var unused = resolver.resolve("silent" + i + ".com");
        }
        Eventually.until("all that may hang", PATIENCE, () -> hanging.get() >= NameResolver.THREADS - 4);

        for (int i = 0; i < 50; i++) {
            assertThat(resolve("r" + i + ".known.example")).hasSize(1);
        }
        assertThat(hanging.get()).isEqualTo(NameResolver.THREADS - 4);
        CompletableFuture<List<InetAddress>> unheardOf = resolver.resolve("new.org");
        assertThat(unheardOf).isNotDone();
        released.countDown();
        assertThat(unheardOf.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasSize(1);
    }
}
