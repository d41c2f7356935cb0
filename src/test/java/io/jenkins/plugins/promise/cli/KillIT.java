package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Receiver;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/**
 * Invariants 1 to 3: a local controller is killed at random moments under load, over and over. In full, 10,000 submissions
 * and 20 kills: {@code mvn test -Dtest=KillIT -Dfull=true}.
 */
public class KillIT {
    private static final boolean FULL = Boolean.getBoolean("full");
    private static final Duration PATIENCE = Duration.ofMinutes(FULL ? 60 : 2);
    private static final int KILLS = FULL ? 20 : 8;
    private static final int CLIENTS = 4;
    private static final int SUBMISSIONS = FULL ? 10_000 : 160;
    private static final List<String> FAILING = List.of("work 7", "flow 6");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private Receiver receiver;
    private SuiteFolder suite;
    private Path home;
    private Path starts;
    private int port;
    private volatile CommandProcess controller;

    @Before
    public void prepare() throws IOException {
        receiver = new Receiver();
        receiver.on("/shaky", (exchange, count) -> exchange.sendResponseHeaders(count % 3 == 0 ? 500 : 200, -1));
        home = folder.newFolder().toPath();
        starts = folder.newFolder().toPath();
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "work",
                        "date -u +%Y-%m-%dT%H:%M:%S.%NZ >> " + starts + "/$PROMISE_ID\n"
                                + "sleep 0.0$((RANDOM % 9))\n"
                                + "[ \"$N\" != 7 ] || exit 3\n"
                                + "echo '{\"data\": {\"n\": '$N'}}' > report.json",
                        // Each kill may meet the same one.
                        "attempts: 20",
                        "inputs:",
                        "  N: { type: integer, required: true }",
                        "  R: { type: callback, receives: report }",
                        "  S: { type: callback, receives: report }",
                        "  G: { type: callback, receives: registration }")
                .orchestration(
                        "flow",
                        "def a = phase('one') { worker job: 'work', inputs: [N: inputs.N], as: 'x'\n"
                                + "worker job: 'work', inputs: [N: 1], as: 'y' }\n"
                                + "def b = phase('two') { worker job: 'work', inputs: [N: a.x.data.n + a.y.data.n] }\n"
                                + "report data: [n: b.work.data.n]",
                        "inputs:",
                        "  N: { type: integer, required: true }",
                        "  R: { type: callback, receives: report }",
                        "  S: { type: callback, receives: report }",
                        "  G: { type: callback, receives: registration }");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @After
    public void stop() {
        if (controller != null) {
            controller.close();
        }
        receiver.close();
    }

    private void start() throws Exception {
        controller = CommandProcess.start(
                home,
                Map.of(),
                List.of(
                        "serve",
                        suite.root().toString(),
                        "--open",
                        "--home",
                        home.toString(),
                        "--port",
                        Integer.toString(port),
                        "--executors",
                        "4",
                        "--retry",
                        "100ms,300ms"));
        controller.url();
    }

    /** Submits until it is accepted; the key makes sure that it is accepted once, whatever became of the answers. */
    private void submit(int number) throws Exception {
        String job = number % 2 == 0 ? "flow" : "work";
        String form = "N=" + (number % 20) + "&R=" + receiver.url("/shaky?" + job) + "&S=" + receiver.url("/ok") + "&G="
                + receiver.url("/ok?registration");
        Eventually.until("submission " + number + " is accepted", PATIENCE, () -> {
            try {
                Http.Answer answer = new Http("http://127.0.0.1:" + port)
                        .form("/promises/submit/" + job, form, "Idempotency-Key", "number " + number);
                if (answer.status() == 503) {
                    return false;
                }
                assertThat(answer.status())
                        .as(() -> answer.body() + controller.err())
                        .isEqualTo(201);
                accepted.put(answer.json().path("id").asText(), job + " " + number % 20);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    @Category(Whole.class)
    public void whatWasAcceptedIsSettledOnceAndReportedToEveryCallback() throws Exception {
        start();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < SUBMISSIONS; i++) {
            int number = i;
            calls.add(() -> {
                submit(number);
                return null;
            });
        }
        List<Future<Void>> submitted = new ArrayList<>();
        calls.forEach(c -> submitted.add(clients.submit(c)));
        Random random = new Random();
        for (int kill = 1; kill <= KILLS; kill++) {
            // Some time after so many were accepted or delivered: in the middle of everything that goes on.
            int submissions = Math.min(SUBMISSIONS, accepted.size() + random.nextInt(SUBMISSIONS / KILLS));
            int messages = receiver.messages().size() + random.nextInt(30);
            Eventually.until(
                    "work goes on",
                    PATIENCE,
                    () -> accepted.size() >= submissions
                            && (receiver.messages().size() >= messages || openPromises() == 0));
            controller.kill();
            start();
        }
        for (Future<Void> one : submitted) {
            one.get();
        }
        clients.shutdown();
        assertThat(accepted).hasSize(SUBMISSIONS);
        Eventually.until("all are closed", PATIENCE, () -> openPromises() == 0);

        Map<String, List<Receiver.Message>> byId =
                receiver.messages().stream().collect(Collectors.groupingBy(Receiver.Message::id));
        assertThat(byId).hasSize(3 * SUBMISSIONS);
        Http http = new Http("http://127.0.0.1:" + port);
        for (Map.Entry<String, String> promise : accepted.entrySet()) {
            String id = promise.getKey();
            boolean good = !FAILING.contains(promise.getValue());
            JsonNode told = http.get("/promises/" + id + "/report").json();
            assertThat(told.path("status").asText()).as(told.toString()).isEqualTo(good ? "SUCCESS" : "FAILURE");
            for (String callback : List.of("R", "S")) {
                assertThat(byId.get("msg_" + id + "_" + callback))
                        .as("every delivery holds the one settlement")
                        .isNotEmpty()
                        .allSatisfy(m -> assertThat(m.json()).isEqualTo(told));
            }
            assertThat(byId).containsKey("msg_" + id + "_G");
        }
        assertRegistrationsCameFirst();
        assertNothingRanAfterItsSettlement();
    }

    private int openPromises() throws Exception {
        try {
            return new Http("http://127.0.0.1:" + port)
                    .get("/promises?state=open")
                    .json()
                    .path("count")
                    .asInt(1);
        } catch (IOException e) {
            return 1;
        }
    }

    private void assertRegistrationsCameFirst() {
        List<String> order =
                receiver.messages().stream().map(Receiver.Message::id).toList();
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            first.putIfAbsent(order.get(i), i);
        }
        for (String id : accepted.keySet()) {
            assertThat(first.get("msg_" + id + "_G")).isLessThan(first.get("msg_" + id + "_R"));
        }
    }

    private void assertNothingRanAfterItsSettlement() throws Exception {
        Http http = new Http("http://127.0.0.1:" + port);
        TreeSet<String> ran = new TreeSet<>();
        try (Stream<Path> files = Files.list(starts)) {
            for (Path file : files.toList()) {
                String id = file.getFileName().toString();
                ran.add(id);
                Instant settled = Instant.parse(
                        http.get("/promises/" + id).json().path("settled").asText());
                assertThat(Files.readAllLines(file))
                        .allSatisfy(start -> assertThat(Instant.parse(start)).isBefore(settled));
            }
        }
        assertThat(ran).hasSizeGreaterThan(SUBMISSIONS);
    }

    @Test
    public void stopsInGoodOrderWhenAsked() throws Exception {
        start();
        submit(1);
        controller.interrupt();

        assertThat(controller.await()).isEqualTo(143);
        assertThat(controller.err()).contains("stopping").doesNotContain("Exception");
        start();
        Eventually.until("it is closed", PATIENCE, () -> openPromises() == 0);
        assertThat(receiver.messages())
                .extracting(Receiver.Message::path)
                .contains("/shaky?work", "/ok", "/ok?registration");
    }
}
