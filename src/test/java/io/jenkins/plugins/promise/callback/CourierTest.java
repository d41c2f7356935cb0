package io.jenkins.plugins.promise.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.address.NameResolver;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Receiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The courier between an outbox and real receivers. */
public class CourierTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Signer SIGNER = new Signer(List.of(SigningKey.generate()));

    private final TestClock clock = new TestClock();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> complaints = new ArrayList<>();
    private final Logger logger = Logger.getLogger(Courier.class.getName());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Receiver receiver;
    private Courier courier;

    @Before
    public void listen() throws IOException {
        receiver = new Receiver();
        logger.addHandler(listener);
        logger.setUseParentHandlers(false);
    }

    @After
    public void close() {
        released.countDown();
        logger.removeHandler(listener);
        logger.setUseParentHandlers(true);
        courier.close();
        receiver.close();
    }

    private static CourierLimits limits(int perReceiver, Duration connect, Duration poll, int unwritten) {
        return new CourierLimits(
                perReceiver,
                2,
                connect,
                Duration.ofSeconds(20),
                2_048,
                poll,
                256,
                unwritten,
                4_096,
                32,
                Duration.ofMillis(200));
    }

    private static CourierLimits limits(int perReceiver) {
        return limits(perReceiver, Duration.ofSeconds(5), Duration.ofMillis(50), 1_024);
    }

    private static EndpointGuard guard() {
        return new EndpointGuard(new ReceiverPolicy(List.of("http"), List.of(), true));
    }

    private void courier(Outbox outbox, CourierLimits limits, NameResolver.LookUp lookUp) {
        courier = new Courier(outbox, guard(), SIGNER, limits, clock, lookUp);
    }

    private void courier(Outbox outbox, CourierLimits limits) {
        courier(outbox, limits, CourierTest::here);
    }

    /** Every name is this machine. */
    private static InetAddress[] here(String host) throws java.net.UnknownHostException {
        return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
    }

    private String named(String host, String path) {
        return "http://" + host + ":" + receiver.port() + path;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("promise-courier"))
                .count();
    }

    private static String problem(Delivery delivery) {
        return delivery.attempts().get(delivery.attempts().size() - 1).problem();
    }

    @Test
    public void aThousandReceiversBehindASlowResolverTakeFewThreadsAndHoldUpNobody() throws Exception {
        MemoryOutbox outbox = new MemoryOutbox(clock);
        long before = threads();
        courier(outbox, limits(16, Duration.ofSeconds(1), Duration.ofMillis(50), 1_024), host -> {
            if (host.contains("slow")) {
                await(released);
            }
            return here(host);
        });
        for (int i = 0; i < 1_500; i++) {
            courier.post(outbox.ready("slow" + i, named("r" + i + ".slow.example", "/ok")));
        }
        Instant asked = Instant.now();
        courier.post(outbox.ready("literal", receiver.url("/ok")));
        courier.post(outbox.ready("other", named("other.example", "/ok")));

        assertThat(receiver.await(2, PATIENCE))
                .extracting(Receiver.Message::id)
                .containsExactlyInAnyOrder("msg_literal_R", "msg_other_R");
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
        Eventually.until("each has failed", PATIENCE, () -> outbox.tried() == 1_502);
        assertThat(threads() - before).isLessThanOrEqualTo(NameResolver.THREADS + 12);
        assertThat(problem(outbox.delivery("slow1499"))).isEqualTo("the host's name was not resolved within 1 s");
        assertThat(outbox.delivery("slow1499").waiting())
                .as("it is tried again")
                .isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    public void fiveHundredGivenUpReceiversLeaveNoLanes() throws Exception {
        MemoryOutbox outbox =
                new MemoryOutbox(clock, new RetrySchedule(List.of(Duration.ofSeconds(1)), 0, Duration.ZERO));
        courier(outbox, limits(16));
        int port = closedPort();
        for (int i = 0; i < 500; i++) {
            courier.post(outbox.ready("p" + i, "http://r" + i + ".gone.example:" + port + "/x"));
        }
        Eventually.until("all are given up", PATIENCE, () -> outbox.count(DeliveryState.GIVEN_UP) == 500);
        assertThat(problem(outbox.delivery("p7"))).isEqualTo("connection refused");

        clock.jump(Duration.ofSeconds(61));
        Eventually.until("no lane is left", PATIENCE, () -> {
            courier.poll();
            return courier.lanes() == 0;
        });
    }

    @Test
    public void fourHundredReceiversLeaveFewConnectionsAndNotForLong() throws Exception {
        MemoryOutbox outbox = new MemoryOutbox(clock);
        courier(outbox, limits(16));
        for (int i = 0; i < 400; i++) {
            courier.post(outbox.ready("p" + i, named("r" + i + ".many.example", "/ok")));
        }
        receiver.await(400, PATIENCE);

        Eventually.until(
                "none is in use", PATIENCE, () -> courier.client().connections().getLeased() == 0);
        assertThat(courier.client().connections().getAvailable()).isLessThanOrEqualTo(40);
        Eventually.until("the last is closed, and no lane is left", PATIENCE, () -> {
            courier.poll();
            return courier.client().connections().getAvailable() == 0 && courier.lanes() == 0;
        });
    }

    @Test
    public void whateverIsThrownIsAFailedAttemptAndTheReceiverGetsTheOthers() throws Exception {
        Map<String, Throwable> thrown = new ConcurrentHashMap<>();
        thrown.put("io", new IOException("the disk is tired"));
        thrown.put("runtime", new IllegalStateException("a bug"));
        thrown.put("error", new StackOverflowError("a deep one"));
        thrown.put("memory", new OutOfMemoryError("just now"));
        MemoryOutbox outbox = new MemoryOutbox(clock) {
            @Override
            public Optional<byte[]> body(Parcel parcel) throws IOException {
                Throwable problem = thrown.get(parcel.promise());
                if (problem instanceof IOException e) {
                    throw e;
                }
                if (problem instanceof RuntimeException e) {
                    throw e;
                }
                if (problem instanceof Error e) {
                    throw e;
                }
                return super.body(parcel);
            }
        };
        courier(outbox, limits(1));
        for (String id : thrown.keySet()) {
            courier.post(outbox.ready(id, receiver.url("/ok")));
        }
        courier.post(outbox.ready("fine", receiver.url("/ok")));

        assertThat(receiver.await(1, PATIENCE)).extracting(Receiver.Message::id).containsExactly("msg_fine_R");
        for (String id : thrown.keySet()) {
            Eventually.until(id, PATIENCE, () -> outbox.delivery(id).tries() == 1);
            assertThat(problem(outbox.delivery(id))).contains(thrown.get(id).getMessage());
        }
    }

    @Test
    public void aGuardOrASignerThatThrowsLeaksNoSlot() throws Exception {
        MemoryOutbox outbox = new MemoryOutbox(clock);
        Semaphore broken = new Semaphore(0);
        Signer signer = new Signer(() -> {
            if (broken.availablePermits() == 0) {
                throw new IllegalArgumentException("a signing key must be whsec_ and base64");
            }
            return List.of(SigningKey.generate());
        });
        AtomicInteger judged = new AtomicInteger();
        EndpointGuard guard = new EndpointGuard(() -> {
            if (judged.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("a plugin was taken away");
            }
            return new ReceiverPolicy(List.of("http"), List.of(), true);
        });
        courier = new Courier(outbox, guard, signer, limits(1), clock, CourierTest::here);
        courier.post(outbox.ready("guard", receiver.url("/ok")));
        Eventually.until(
                "the guard threw", PATIENCE, () -> outbox.delivery("guard").tries() == 1);
        courier.post(outbox.ready("signer", receiver.url("/ok")));
        Eventually.until(
                "the signer threw", PATIENCE, () -> outbox.delivery("signer").tries() == 1);
        broken.release();
        courier.post(outbox.ready("fine", receiver.url("/ok")));

        receiver.await(1, PATIENCE);
        assertThat(problem(outbox.delivery("guard"))).contains("a plugin was taken away");
        assertThat(problem(outbox.delivery("signer")))
                .isEqualTo("nothing can be signed: the signing keys cannot be read: a signing key must be whsec_ and"
                        + " base64");
    }

    @Test
    public void whatWasAllowedWhenItWasAcceptedAndIsNoLongerIsNotSent() throws Exception {
        MemoryOutbox outbox = new MemoryOutbox(clock);
        AtomicReference<ReceiverPolicy> policy =
                new AtomicReference<>(new ReceiverPolicy(List.of("https"), List.of(), true));
        courier = new Courier(outbox, new EndpointGuard(policy::get), SIGNER, limits(1), clock, CourierTest::here);
        courier.post(outbox.ready("scheme", receiver.url("/ok")));
        Eventually.until(
                "it has failed", PATIENCE, () -> outbox.delivery("scheme").tries() == 1);
        policy.set(new ReceiverPolicy(List.of("http"), List.of(), false));
        courier.post(outbox.ready("address", receiver.url("/ok")));
        courier.post(outbox.ready("name", named("inside.example", "/ok")));
        Eventually.until("both have failed", PATIENCE, () -> outbox.tried() == 3);
        policy.set(new ReceiverPolicy(List.of("http"), List.of(), true));
        courier.post(outbox.ready("fine", receiver.url("/ok")));

        assertThat(receiver.await(1, PATIENCE)).extracting(Receiver.Message::id).containsExactly("msg_fine_R");
        assertThat(problem(outbox.delivery("scheme"))).isEqualTo("the URL must begin with https, not http");
        for (String inside : List.of("address", "name")) {
            assertThat(problem(outbox.delivery(inside))).startsWith("the URL leads to 127.0.0.1");
        }
    }

    @Test
    public void anAttemptThatCannotBeNotedIsMadeAgainAndTheLaneGoesOn() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        MemoryOutbox outbox = new MemoryOutbox(clock) {
            @Override
            public CompletableFuture<List<Parcel>> attempted(Parcel parcel, Attempt attempt) {
                if (parcel.promise().equals("thrown") && failures.incrementAndGet() == 1) {
                    throw new IllegalStateException("no space left on device");
                }
                if (parcel.promise().equals("failed") && failures.incrementAndGet() <= 2) {
                    return CompletableFuture.failedFuture(new IOException("no space left on device"));
                }
                return super.attempted(parcel, attempt);
            }
        };
        courier(outbox, limits(1));
        for (String id : List.of("thrown", "failed", "fine")) {
            courier.post(outbox.ready(id, receiver.url("/ok")));
        }

        Eventually.until("all are noted", PATIENCE, () -> outbox.count(DeliveryState.DELIVERED) == 3);
        assertThat(receiver.messages()).extracting(Receiver.Message::id).contains("msg_fine_R");
        assertThat(receiver.messages().size()).isGreaterThanOrEqualTo(5);
        assertThat(complaints).as("once a minute").hasSize(1);
    }

    @Test
    public void theSlotIsFreeWhileAnAttemptIsWrittenAndNothingIsBroughtTwice() throws Exception {
        CompletableFuture<List<Parcel>> written = new CompletableFuture<>();
        MemoryOutbox outbox = new MemoryOutbox(clock) {
            @Override
            public CompletableFuture<List<Parcel>> attempted(Parcel parcel, Attempt attempt) {
                return parcel.promise().equals("first")
                        ? written.thenApply(w -> note(parcel, attempt))
                        : super.attempted(parcel, attempt);
            }
        };
        courier(outbox, limits(1));
        courier.start();
        courier.post(outbox.ready("first", receiver.url("/ok")));
        receiver.await(1, PATIENCE);
        for (int i = 0; i < 20; i++) {
            courier.post(outbox.ready("p" + i, receiver.url("/ok")));
            courier.post(outbox.again("first"));
            courier.poll();
        }

        receiver.await(21, PATIENCE);
        assertThat(outbox.twice()).isEmpty();
        assertThat(receiver.messages().stream().filter(m -> m.id().equals("msg_first_R")))
                .hasSize(1);
        written.complete(List.of());
        Eventually.until("it is noted", PATIENCE, () -> outbox.count(DeliveryState.DELIVERED) == 21);
        assertThat(receiver.messages()).hasSize(21);
    }

    @Test
    public void noMoreIsSentWhileTooManyAttemptsAreUnwritten() throws Exception {
        ConcurrentLinkedQueue<Runnable> unwritten = new ConcurrentLinkedQueue<>();
        AtomicInteger most = new AtomicInteger();
        MemoryOutbox outbox = new MemoryOutbox(clock) {
            @Override
            public CompletableFuture<List<Parcel>> attempted(Parcel parcel, Attempt attempt) {
                CompletableFuture<List<Parcel>> done = new CompletableFuture<>();
                unwritten.add(() -> done.complete(note(parcel, attempt)));
                most.accumulateAndGet(unwritten.size(), Math::max);
                return done;
            }
        };
        courier(outbox, limits(4, Duration.ofSeconds(5), Duration.ofMillis(50), 10));
        for (int i = 0; i < 200; i++) {
            courier.post(outbox.ready("p" + i, receiver.url("/ok")));
        }

        Eventually.until("all are noted", PATIENCE, () -> {
            // Written in groups, as a disk does it; what is not sent meanwhile waits for the group.
            if (unwritten.size() >= 10 || outbox.count(DeliveryState.DELIVERED) >= 190) {
                for (Runnable one = unwritten.poll(); one != null; one = unwritten.poll()) {
                    one.run();
                }
            }
            return outbox.count(DeliveryState.DELIVERED) == 200;
        });
        assertThat(most.get()).isBetween(10, 10 + 4);
    }

    @Test
    public void aDeadReceiverWithAHundredThousandWaitingHoldsFewInMemoryAndDelaysNobody() throws Exception {
        MemoryOutbox outbox = new MemoryOutbox(clock);
        receiver.on("/hang", (exchange, count) -> await(released));
        for (int i = 0; i < 100_000; i++) {
            outbox.ready("dead" + i, receiver.url("/hang"));
        }
        courier(outbox, limits(16));
        courier.start();
        Eventually.until("it hangs", PATIENCE, () -> receiver.requests("/hang") == 16);
        Instant asked = Instant.now();
        outbox.ready("good", named("good.example", "/ok"));

        receiver.await(1, PATIENCE);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(outbox.mostAsked()).isLessThanOrEqualTo(256 + 16);
        assertThat(receiver.requests("/hang")).isEqualTo(16);
    }

    @Test
    public void allThatWaitsInTheOutboxIsPulledAndBroughtOnce() throws Exception {
        MemoryOutbox outbox = new MemoryOutbox(clock);
        for (int i = 0; i < 3_000; i++) {
            outbox.ready("p" + i, named("r" + i % 3 + ".example", "/ok"));
        }
        courier(outbox, limits(16));
        courier.start();

        Eventually.until("all have arrived", PATIENCE, () -> outbox.count(DeliveryState.DELIVERED) == 3_000);
        assertThat(receiver.messages()).hasSize(3_000);
        assertThat(receiver.messages().stream().map(Receiver.Message::id).distinct())
                .hasSize(3_000);
        assertThat(outbox.twice()).isEmpty();
        Eventually.until("no lane is left", PATIENCE, () -> courier.lanes() == 0);
    }

    @Test
    public void retriesThatAreNotHeldComeBackFromTheOutbox() throws Exception {
        MemoryOutbox outbox =
                new MemoryOutbox(clock, new RetrySchedule(List.of(Duration.ofMillis(300)), 0, Duration.ofDays(3)));
        receiver.on("/r", (exchange, count) -> exchange.sendResponseHeaders(count < 4 ? 500 : 200, -1));
        courier(outbox, limits(16));
        courier.start();
        outbox.ready("p", receiver.url("/r"));

        receiver.await(1, PATIENCE);
        assertThat(receiver.requests("/r")).isEqualTo(4);
    }

    @Test
    public void anOutboxThatCannotBeReadIsAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        MemoryOutbox outbox = new MemoryOutbox(clock) {
            @Override
            public List<String> receiversDue(Instant until) throws IOException {
                if (asked.incrementAndGet() < 3) {
                    throw new IOException("the ledger is busy");
                }
                return super.receiversDue(until);
            }

            @Override
            public List<Parcel> due(String receiver, Instant until, int most) throws IOException {
                if (asked.incrementAndGet() < 6) {
                    throw new StackOverflowError("deep");
                }
                return super.due(receiver, until, most);
            }
        };
        outbox.ready("p", receiver.url("/ok"));
        courier(outbox, limits(16));
        courier.start();

        receiver.await(1, PATIENCE);
        assertThat(complaints).hasSize(1);
    }

    @Test
    public void aRedeliveryAskedForDuringAnAttemptIsBroughtWhenThatHasFailed() throws Exception {
        MemoryOutbox outbox = new MemoryOutbox(clock);
        receiver.on("/r", (exchange, count) -> {
            if (count == 1) {
                await(released);
            }
            exchange.sendResponseHeaders(count == 1 ? 410 : 200, -1);
        });
        courier(outbox, limits(16));
        courier.post(outbox.ready("p", receiver.url("/r")));
        Eventually.until("it is under way", PATIENCE, () -> receiver.requests("/r") == 1);
        courier.post(outbox.again("p"));
        released.countDown();

        receiver.await(1, PATIENCE);
        Eventually.until("it is noted", PATIENCE, () -> outbox.delivery("p").state() == DeliveryState.DELIVERED);
        assertThat(outbox.delivery("p").tries()).isEqualTo(2);
        assertThat(outbox.delivery("p").attempts()).extracting(Attempt::status).containsExactly(410, 200);
    }

    @Test
    public void retryAfterADayHoldsUpThatDeliveryForADayAndOthersForAMinute() throws Exception {
        MemoryOutbox outbox = new MemoryOutbox(clock);
        receiver.on("/busy", (exchange, count) -> {
            exchange.getResponseHeaders().add("Retry-After", "86400");
            exchange.sendResponseHeaders(429, -1);
        });
        courier(outbox, limits(16));
        courier.start();
        courier.post(outbox.ready("busy", receiver.url("/busy")));
        Eventually.until("it is noted", PATIENCE, () -> outbox.delivery("busy").tries() == 1);
        Instant noted = clock.instant();
        outbox.ready("other", receiver.url("/ok"));
        // Another receiver is asked after it, and has it while the first is left alone.
        outbox.ready("elsewhere", named("elsewhere.example", "/ok"));
        receiver.await(1, PATIENCE);
        assertThat(receiver.messages()).extracting(Receiver.Message::id).containsExactly("msg_elsewhere_R");

        clock.jump(Duration.ofSeconds(61));

        assertThat(receiver.await(2, PATIENCE)).extracting(Receiver.Message::id).contains("msg_other_R");
        assertThat(outbox.delivery("busy").next())
                .isBetween(noted.plus(Duration.ofHours(23)), noted.plus(Duration.ofHours(25)));
        assertThat(receiver.requests("/busy")).isEqualTo(1);
    }
}
