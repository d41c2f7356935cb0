package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Receiver;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Reports reach receivers that misbehave in every way, and no receiver holds up another. */
public class DeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;
    private LocalController controller;
    private Http http;
    private Receiver receiver;
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch flooded = new CountDownLatch(2);

    @Before
    public void prepare() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "w",
                        "true",
                        "inputs:",
                        "  R: { type: callback, receives: report }",
                        "  Q: { type: callback, receives: report }",
                        "  G: { type: callback, receives: registration }");
        receiver = new Receiver();
    }

    @After
    public void stop() {
        released.countDown();
        receiver.close();
        controller.close();
    }

    private void start(Controllers controllers) throws IOException {
        controller = controllers.start(suite);
        http = new Http(controller.url());
    }

    private void start() throws IOException {
        start(new Controllers(folder.newFolder().toPath()));
    }

    private String submit(String form) throws Exception {
        Http.Answer answer = http.form("/promises/submit/w", form);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private void awaitState(String id, int delivery, String state) throws Exception {
        Eventually.until(state, PATIENCE, () -> http.get("/promises/" + id)
                .json()
                .at("/deliveries/" + delivery + "/state")
                .asText()
                .equals(state));
    }

    @Test
    public void signsAndSendsTheRegistrationFirst() throws Exception {
        start();
        String id = submit("R=" + receiver.url("/ok?r") + "&G=" + receiver.url("/ok?g"));

        List<Receiver.Message> messages = receiver.await(2, PATIENCE);

        assertThat(messages).extracting(Receiver.Message::path).containsExactly("/ok?g", "/ok?r");
        assertThat(messages).extracting(Receiver.Message::id).containsExactly("msg_" + id + "_G", "msg_" + id + "_R");
        for (Receiver.Message message : messages) {
            assertThat(controller
                            .signer()
                            .verify(
                                    message.id(),
                                    message.timestamp(),
                                    message.signature(),
                                    message.body().getBytes(StandardCharsets.UTF_8),
                                    Instant.now(),
                                    TOLERANCE))
                    .isTrue();
            assertThat(message.json().at("/promise/id").asText()).isEqualTo(id);
        }
        JsonNode report = messages.get(1).json();
        List<String> fields = new ArrayList<>();
        report.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).containsExactly("process", "status", "reason", "data", "log", "promise");
        Eventually.until("it is closed", PATIENCE, () -> controller.openPromises() == 0);
    }

    @Test
    public void holdsTheReportBackUntilTheRegistrationHasArrived() throws Exception {
        receiver.on("/g", (exchange, count) -> exchange.sendResponseHeaders(count < 4 ? 500 : 200, -1));
        start();
        submit("R=" + receiver.url("/ok") + "&G=" + receiver.url("/g"));

        assertThat(receiver.await(2, PATIENCE))
                .extracting(Receiver.Message::path)
                .containsExactly("/g", "/ok");
    }

    @Test
    public void aRegistrationThatNobodyTakesDoesNotKeepTheReportForEver() throws Exception {
        receiver.on("/g", (exchange, count) -> exchange.sendResponseHeaders(404, -1));
        start();
        submit("R=" + receiver.url("/ok") + "&G=" + receiver.url("/g"));

        assertThat(receiver.await(1, PATIENCE))
                .extracting(Receiver.Message::path)
                .containsExactly("/ok");
        assertThat(receiver.requests("/g")).isGreaterThanOrEqualTo(6);
    }

    @Test
    public void everyMisbehavingReceiverGetsItsReportInTheEnd() throws Exception {
        receiver.on("/500", (exchange, count) -> exchange.sendResponseHeaders(count < 4 ? 500 : 200, -1));
        receiver.on("/429", (exchange, count) -> {
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(count < 2 ? 429 : 200, -1);
        });
        receiver.on("/redirect", (exchange, count) -> {
            exchange.getResponseHeaders().add("Location", receiver.url("/ok"));
            exchange.sendResponseHeaders(count < 3 ? 307 : 200, -1);
        });
        receiver.on("/hang", (exchange, count) -> {
            if (count < 3) {
                await(released);
            }
            exchange.sendResponseHeaders(200, -1);
        });
        receiver.on("/reset", (exchange, count) -> {
            if (count < 3) {
                throw new IOException("closed without an answer");
            }
            exchange.sendResponseHeaders(200, -1);
        });
        receiver.on("/drip", (exchange, count) -> {
            exchange.sendResponseHeaders(count < 2 ? 500 : 200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (!Thread.interrupted() && count < 2) {
                    body.write('x');
                    body.flush();
                    if (released.await(100, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        receiver.on("/flood", (exchange, count) -> {
            exchange.sendResponseHeaders(count < 2 ? 500 : 200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                byte[] block = new byte[1 << 16];
                for (int i = 0; i < 2_000; i++) {
                    body.write(block);
                }
            } catch (IOException e) {
                flooded.countDown();
            }
        });
        start(new Controllers(folder.newFolder().toPath()).answerWithin(Duration.ofSeconds(1)));
        List<String> paths = List.of("/500", "/429", "/redirect", "/hang", "/reset", "/drip", "/flood");
        for (String path : paths) {
            submit("R=" + receiver.url(path));
        }

        assertThat(receiver.await(paths.size(), PATIENCE))
                .extracting(Receiver.Message::path)
                .containsExactlyInAnyOrderElementsOf(paths);
        assertThat(receiver.requests("/ok")).as("redirects are not followed").isZero();
        assertThat(flooded.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("an answer of 131 MB is not read to its end")
                .isTrue();
        Eventually.until("all are closed", PATIENCE, () -> controller.openPromises() == 0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    public void keepsTheSameIdOverAllAttempts() throws Exception {
        List<String> ids = new ArrayList<>();
        receiver.on("/r", (exchange, count) -> {
            synchronized (ids) {
                ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            }
            exchange.sendResponseHeaders(count < 4 ? 503 : 200, -1);
        });
        start();
        submit("R=" + receiver.url("/r"));
        receiver.await(1, PATIENCE);

        assertThat(ids).hasSize(4);
        assertThat(new HashSet<>(ids)).hasSize(1);
    }

    @Test
    public void honoursRetryAfter() throws Exception {
        List<Instant> times = new ArrayList<>();
        receiver.on("/r", (exchange, count) -> {
            synchronized (times) {
                times.add(Instant.now());
            }
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(count == 1 ? 503 : 200, -1);
        });
        start();
        submit("R=" + receiver.url("/r"));
        receiver.await(1, PATIENCE);

        // The longest delay of this controller is 0.2 s, and Retry-After counts up to that.
        assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    public void reachesAReceiverThatIsDownAtFirst() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
        String id = submit("R=http://127.0.0.1:" + port + "/ok");
        Eventually.until(
                "it was tried",
                PATIENCE,
                () -> http.get("/promises/" + id)
                                .json()
                                .at("/deliveries/0/tries")
                                .asInt()
                        > 2);
        assertThat(http.get("/promises/" + id)
                        .json()
                        .at("/deliveries/0/attempts/0/problem")
                        .asText())
                .isEqualTo("connection refused");
        try (Receiver late = new Receiver(port)) {
            assertThat(late.await(1, PATIENCE)).hasSize(1);
        }
    }

    @Test
    public void stopsAtGoneGivesUpInTheEndAndRedeliversWhenAsked() throws Exception {
        receiver.on("/gone", (exchange, count) -> exchange.sendResponseHeaders(count == 1 ? 410 : 200, -1));
        receiver.on("/bad", (exchange, count) -> exchange.sendResponseHeaders(count < 20 ? 500 : 200, -1));
        start(new Controllers(folder.newFolder().toPath()).giveUpAfter(Duration.ofMillis(500)));
        String id = submit("R=" + receiver.url("/gone") + "&Q=" + receiver.url("/bad"));
        awaitState(id, 0, "GIVEN_UP");
        awaitState(id, 1, "GIVEN_UP");
        assertThat(receiver.requests("/gone")).isEqualTo(1);
        assertThat(receiver.messages()).isEmpty();
        assertThat(http.get("/promises?state=undelivered")
                        .json()
                        .at("/promises/0/id")
                        .asText())
                .isEqualTo(id);

        receiver.on("/x", (exchange, count) -> exchange.sendResponseHeaders(200, -1));
        Http.Answer again = http.form("/promises/" + id + "/redeliver", "");

        assertThat(again.json().path("deliveries").asInt()).isEqualTo(2);
        awaitState(id, 0, "DELIVERED");
        assertThat(receiver.await(1, PATIENCE).get(0).id()).isEqualTo("msg_" + id + "_R");
    }

    @Test
    public void aDeadReceiverDoesNotDelayTheOthers() throws Exception {
        receiver.on("/hang", (exchange, count) -> await(released));
        try (Receiver other = new Receiver()) {
            start(new Controllers(folder.newFolder().toPath()).executors(8).answerWithin(Duration.ofSeconds(20)));
            for (int i = 0; i < 60; i++) {
                submit("R=" + receiver.url("/hang"));
            }
            Eventually.until("it hangs", PATIENCE, () -> receiver.requests("/hang") >= 2);
            Instant before = Instant.now();
            String id = submit("R=" + other.url("/ok"));

            other.await(1, PATIENCE);

            // What the dead one holds up are its own deliveries: each of those would take 20 s.
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
            awaitState(id, 0, "DELIVERED");
        }
    }

    @Test
    public void refusesThisMachineUnlessItIsAllowed() throws Exception {
        start(new Controllers(folder.newFolder().toPath())
                .receivers(new ReceiverPolicy(List.of("http"), List.of("127.0.0.1"), false)));

        submit("R=" + receiver.url("/ok"));
        receiver.await(1, PATIENCE);
        assertThat(http.form("/promises/submit/w", "R=http://localhost/x").status())
                .isEqualTo(400);
        assertThat(http.form("/promises/submit/w", "R=http://[::ffff:127.0.0.1]/x")
                        .status())
                .isEqualTo(400);
        assertThat(http.form("/promises/submit/w", "R=http://169.254.169.254/x").status())
                .isEqualTo(400);
    }
}
