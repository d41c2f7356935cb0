package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.ledger.LedgerCheck;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Postgres;
import io.jenkins.plugins.promise.testing.Receiver;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
 * Three local controllers on one PostgreSQL, receivers that fail 30 %: controllers are killed, and stopped for longer than
 * their lease and let go again, and the database is restarted. In full, 3,000 submissions, and ten kills and ten stops of
 * each controller: {@code mvn test -Dtest=FarmIT -Dfull=true}.
 */
@Category(Whole.class)
public class FarmIT {
    private static final boolean FULL = Boolean.getBoolean("full");
    private static final Duration PATIENCE = Duration.ofMinutes(FULL ? 60 : 3);
    private static final Duration LEASE = Duration.ofSeconds(FULL ? 3 : 2);
    private static final int CONTROLLERS = 3;
    private static final int SUBMISSIONS = FULL ? 3_000 : 60;
    private static final int KILLS = FULL ? 10 * CONTROLLERS : 2;
    private static final int PAUSES = FULL ? 10 * CONTROLLERS : 1;
    private static final int CLIENTS = 6;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, Integer> accepted = new ConcurrentHashMap<>();
    private final List<Path> homes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final CommandProcess[] controllers = new CommandProcess[CONTROLLERS];
    private volatile int allowed;
    private Postgres postgres;
    private String database;
    private Receiver receiver;
    private SuiteFolder suite;
    private Path starts;

    @Before
    public void prepare() throws Exception {
        postgres = new Postgres();
        database = postgres.newDatabase();
        receiver = new Receiver();
        receiver.on("/shaky", (exchange, count) -> exchange.sendResponseHeaders(count % 10 < 3 ? 500 : 200, -1));
        starts = folder.newFolder().toPath();
        String inputs = "inputs: { N: { type: integer, required: true }, R: { type: callback, receives: report },"
                + " G: { type: callback, receives: registration } }";
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "work",
                        "date -u +%Y-%m-%dT%H:%M:%S.%NZ >> " + starts + "/$PROMISE_ID\n"
                                + "sleep 0.$((RANDOM % 3))\n"
                                + "echo '{\"data\": {\"n\": '$N'}}' > report.json",
                        // Each kill may meet the same one.
                        Stream.concat(Stream.of("attempts: 20"), Stream.of(inputs))
                                .toArray(String[]::new))
                .orchestration(
                        "flow",
                        "def a = phase('one') { worker job: 'work', inputs: [N: inputs.N], as: 'x'\n"
                                + "worker job: 'work', inputs: [N: 1], as: 'y' }\n"
                                + "report data: [n: a.x.data.n + a.y.data.n]",
                        inputs);
        for (int i = 0; i < CONTROLLERS; i++) {
            homes.add(folder.newFolder().toPath());
            try (ServerSocket free = new ServerSocket(0)) {
                ports.add(free.getLocalPort());
            }
        }
        start(0);
        // A farm shares its keys.
        try (Stream<Path> all = Files.walk(homes.get(0))) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(f -> f.toString().matches(".*(seal-key|signing-keys|operator-token)"))
                    .toList()) {
                for (Path home : homes.subList(1, CONTROLLERS)) {
                    Path copy = home.resolve(homes.get(0).relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        for (int i = 1; i < CONTROLLERS; i++) {
            start(i);
        }
    }

    @After
    public void stop() throws IOException, InterruptedException {
        for (CommandProcess controller : controllers) {
            if (controller != null) {
                controller.resume();
                controller.close();
            }
        }
        receiver.close();
        postgres.close();
    }

    private void start(int number) throws Exception {
        controllers[number] = CommandProcess.start(
                homes.get(number),
                Map.of(),
                List.of(
                        "serve",
                        suite.root().toString(),
                        "--open",
                        "--home",
                        homes.get(number).toString(),
                        "--port",
                        Integer.toString(ports.get(number)),
                        "--ledger",
                        database,
                        "--lease",
                        LEASE.toSeconds() + "s",
                        "--executors",
                        "4",
                        "--retry",
                        "100ms,300ms"));
        controllers[number].url();
    }

    private Http http(int number) {
        return new Http("http://127.0.0.1:" + ports.get(number % CONTROLLERS));
    }

    /** Submits to one after the other until it is accepted; the key makes sure that it is accepted once. */
    private Void submit(int number) throws Exception {
        String job = number % 3 == 0 ? "flow" : "work";
        String form = "N=" + number % 20 + "&R=" + receiver.url("/shaky") + "&G=" + receiver.url("/ok");
        // What happens to the controllers happens in the middle of work, to the last of it.
        Eventually.until("it is the turn of submission " + number, PATIENCE, () -> number < allowed);
        int[] next = {number};
        Eventually.until("submission " + number + " is accepted", PATIENCE, () -> {
            try {
                Http.Answer answer =
                        http(next[0]++).form("/promises/submit/" + job, form, "Idempotency-Key", "number " + number);
                if (answer.status() == 503) {
                    return false;
                }
                assertThat(answer.status()).as(answer.body()).isEqualTo(201);
                accepted.put(answer.json().path("id").asText(), number);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return null;
    }

    @Test
    public void whatAnyOfThemAcceptedIsSettledOnceAndReportedWhateverHappensToThem() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Void>> submitted = new ArrayList<>();
        for (int i = 0; i < SUBMISSIONS; i++) {
            int number = i;
            submitted.add(clients.submit(() -> submit(number)));
        }
        Random random = new Random();
        int events = KILLS + PAUSES + 1;
        int kills = 0;
        int pauses = 0;
        for (int event = 0; event < events; event++) {
            allowed = SUBMISSIONS * (event + 1) / events;
            int enough = SUBMISSIONS * event / events + random.nextInt(SUBMISSIONS / events);
            Eventually.until("work goes on", PATIENCE, () -> accepted.size() >= enough);
            int number = event % CONTROLLERS;
            if (event == events / 2) {
                postgres.restart();
            } else if (kills <= pauses * KILLS / PAUSES && kills < KILLS) {
                kills++;
                controllers[number].kill();
                start(number);
            } else if (pauses < PAUSES) {
                pauses++;
                pause(number);
            } else {
                kills++;
                controllers[number].kill();
                start(number);
            }
        }
        assertThat(List.of(kills, pauses)).containsExactly(KILLS, PAUSES);
        for (Future<Void> one : submitted) {
            one.get();
        }
        clients.shutdown();
        assertThat(accepted).hasSize(SUBMISSIONS);
        Eventually.until("all are closed", PATIENCE, () -> openPromises() == 0);
        assertReported();
        assertNothingRanAfterItsSettlement();
        assertThat(LedgerCheck.of(LedgerLocation.shared(database, null))).isEmpty();
    }

    /** The others take over while it is stopped; it says so when it goes on, and starts anew. */
    private void pause(int number) throws Exception {
        CommandProcess controller = controllers[number];
        int before = fenced(controller);
        controller.pause();
        Eventually.until("it is taken for dead", PATIENCE, () -> !known(number));
        controller.resume();
        Eventually.until("it notices: " + controller.err(), PATIENCE, () -> fenced(controller) > before);
        Eventually.until("it is there again", PATIENCE, () -> answers(number));
    }

    private boolean known(int number) throws SQLException {
        LedgerLocation.Shared location = LedgerLocation.shared(database, null);
        try (Connection connection =
                        DriverManager.getConnection(location.jdbcUrl(), location.user(), location.password());
                PreparedStatement statement =
                        connection.prepareStatement("SELECT 1 FROM controller WHERE address LIKE ?")) {
            statement.setString(1, "%:" + ports.get(number));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static int fenced(CommandProcess controller) {
        return controller.err().split("others have taken this controller for dead", -1).length;
    }

    private boolean answers(int number) throws InterruptedException {
        try {
            return http(number).get("/promises").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private int openPromises() throws Exception {
        try {
            return http(0).get("/promises?state=open").json().path("count").asInt(1);
        } catch (IOException e) {
            return 1;
        }
    }

    /** What any of them answers: on a busy machine one may be taken for dead at any time, and starts anew. */
    private JsonNode told(int number, String path) throws Exception {
        JsonNode[] told = new JsonNode[1];
        int[] next = {number};
        Eventually.until(path, PATIENCE, () -> {
            try {
                told[0] = http(next[0]++).get(path).json();
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return told[0];
    }

    private void assertReported() throws Exception {
        List<Receiver.Message> messages = receiver.messages();
        Map<String, List<Receiver.Message>> byId =
                messages.stream().collect(Collectors.groupingBy(Receiver.Message::id));
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            first.putIfAbsent(messages.get(i).id(), i);
        }
        assertThat(byId).hasSize(2 * SUBMISSIONS);
        for (String id : accepted.keySet()) {
            JsonNode told = told(accepted.get(id), "/promises/" + id + "/report");
            assertThat(told.path("status").asText()).as(told.toString()).isEqualTo("SUCCESS");
            assertThat(byId.get("msg_" + id + "_R"))
                    .as("every delivery holds the one settlement")
                    .isNotEmpty()
                    .allSatisfy(m -> assertThat(m.json()).isEqualTo(told));
            assertThat(first.get("msg_" + id + "_G")).isLessThan(first.get("msg_" + id + "_R"));
        }
    }

    private void assertNothingRanAfterItsSettlement() throws Exception {
        try (Stream<Path> files = Files.list(starts)) {
            for (Path file : files.toList()) {
                String id = file.getFileName().toString();
                Instant settled =
                        Instant.parse(told(0, "/promises/" + id).path("settled").asText());
                assertThat(Files.readAllLines(file)).as(id).allSatisfy(start -> assertThat(Instant.parse(start))
                        .isBefore(settled));
            }
        }
    }
}
