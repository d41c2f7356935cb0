package io.jenkins.plugins.promise.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Submits to a controller without a pause, as platforms do: each with a key, and again until it is accepted. Knows how long
 * the longest was refused, and what was reported.
 */
public final class SteadyLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLIENTS = 2;
    private static final long PAUSE_MILLIS = 300;

    private final Receiver receiver = new Receiver();
    private final Http http;
    private final String job;
    private final String token;
    private final String run = UUID.randomUUID().toString();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, String> accepted = new ConcurrentHashMap<>();
    private final Map<Integer, String> statusUrls = new ConcurrentHashMap<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final AtomicLong longest = new AtomicLong();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Thread> clients;

    /** None yet. */
    public SteadyLoad(String address, String job, String token) throws IOException {
        this.http = new Http(address);
        this.job = job;
        this.token = token;
        this.clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new Thread(this::submitAll, "load-" + i))
                .toList();
    }

    public void start() {
        clients.forEach(Thread::start);
    }

    private void submitAll() {
        try {
            while (!stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                submit(job, numbers.incrementAndGet());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Submits one until it is accepted, and tells its id. */
    public String submit(String what, int number) throws InterruptedException {
        Instant begun = Instant.now();
        while (true) {
            try {
                Http.Answer answer = http.form(
                        "/promises/submit/" + what,
                        "N=" + number + "&R=" + receiver.url("/ok"),
                        "Authorization",
                        "Bearer " + token,
                        "Idempotency-Key",
                        run + "-" + what + "-" + number);
                if (answer.status() == 201) {
                    longest.accumulateAndGet(
                            Duration.between(begun, Instant.now()).toMillis(), Math::max);
                    String id = answer.json().path("id").asText();
                    if (what.equals(job)) {
                        accepted.put(number, id);
                        statusUrls.put(number, answer.json().path("status").asText());
                    }
                    return id;
                }
                refusals.add(answer.status() + " Retry-After " + answer.header("Retry-After"));
            } catch (IOException e) {
                refusals.add(e.toString());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Waits until so many more are accepted. */
    public void awaitAccepted(int more) throws Exception {
        int before = accepted.size();
        Eventually.until(more + " are accepted", PATIENCE, () -> accepted.size() >= before + more);
    }

    /** Begins no more, and waits until those that were begun are accepted. */
    public void stop() throws InterruptedException {
        stopping.countDown();
        for (Thread client : clients) {
            client.join(PATIENCE.toMillis());
            assertThat(client.isAlive()).as("something is never accepted").isFalse();
        }
    }

    /** Waits until that promise is reported. */
    public void reported(String id, Duration patience) throws Exception {
        Eventually.until(id + " is reported", patience, () -> reports().contains("msg_" + id + "_R"));
    }

    private Set<String> reports() {
        return receiver.messages().stream().map(Receiver.Message::id).collect(Collectors.toSet());
    }

    /** Complains if something was not accepted once, is not reported, is not told of, or had to wait for longer. */
    public void check(Duration patience, Duration mostRefused) throws Exception {
        assertThat(accepted).hasSize(numbers.get());
        assertThat(accepted.values()).doesNotHaveDuplicates();
        Eventually.until("all are reported", patience, () -> reports()
                .containsAll(
                        accepted.values().stream().map(id -> "msg_" + id + "_R").toList()));
        for (Receiver.Message message : receiver.messages()) {
            assertThat(message.json().path("status").asText())
                    .as(message.body())
                    .isEqualTo("SUCCESS");
        }
        for (String url : statusUrls.values()) {
            Http.Answer answer = new Http(url).get("", "Authorization", "Bearer " + token);
            assertThat(answer.status()).as(url).isEqualTo(200);
            assertThat(answer.json().path("state").asText()).isEqualTo("FULFILLED");
        }
        String seen = accepted.size() + " accepted, the longest after " + longest.get() + " ms, refused "
                + refusals.stream().collect(Collectors.groupingBy(r -> r, Collectors.counting()));
        if (mostRefused.isZero()) {
            assertThat(refusals).as(seen).isEmpty();
        } else {
            assertThat(longest.get()).as(seen).isLessThan(mostRefused.toMillis());
        }
        System.out.println(seen);
    }

    @Override
    public void close() {
        stopping.countDown();
        clients.forEach(Thread::interrupt);
        receiver.close();
    }
}
