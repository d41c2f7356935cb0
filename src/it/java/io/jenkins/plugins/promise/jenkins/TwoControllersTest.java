package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Postgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.JUnitCore;

/** Two Jenkins, each a process, on one PostgreSQL: one is killed, and the other settles all that it had. */
public final class TwoControllersTest {
    private static final int PROMISES = 12;
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration WORK = Duration.ofSeconds(3);
    private static final int AT_A_TIME = 4;
    private static final Duration START = Duration.ofMinutes(4);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> controllers = new ArrayList<>();
    private Postgres postgres;
    private String ledger;

    @Before
    public void open() throws Exception {
        postgres = new Postgres();
        ledger = postgres.newDatabase();
    }

    @After
    public void end() throws IOException {
        controllers.forEach(Process::destroyForcibly);
        postgres.close();
    }

    /** Begins a Jenkins with what this process has; the file will say where it is. */
    private Path begin(String name) throws IOException {
        Path address = folder.getRoot().toPath().resolve(name);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> !a.startsWith("-javaagent") && !a.contains("it.method"))
                .forEach(command::add);
        Map.of(
                        ControllerProcess.LEDGER,
                        ledger,
                        ControllerProcess.LEASE,
                        LEASE.toSeconds() + "s",
                        ControllerProcess.ADDRESS,
                        address.toString())
                .forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                JUnitCore.class.getName(),
                ControllerProcess.class.getName()));
        controllers.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.getRoot().toPath().resolve(name + ".log").toFile())
                .start());
        return address;
    }

    private static String address(Path file) throws Exception {
        Eventually.until(file + " is written", START, () -> Files.exists(file));
        return Files.readString(file);
    }

    private HttpResponse<String> send(String method, String url, byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Jenkins-Crumb", "test")
                        .header(
                                "Content-Type",
                                method.equals("POST") && body.length > 0
                                        ? "application/zip"
                                        : "application/x-www-form-urlencoded")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode promise(String controller, String id) throws Exception {
        return Json.mapper()
                .readTree(
                        send("GET", controller + "promises/" + id, new byte[0]).body());
    }

    private static boolean in(String state, JsonNode promise) {
        return promise.path("state").asText().equals(state);
    }

    @Test
    public void oneIsKilledAndTheOtherSettlesAllWithinTheLeaseAndTheWorksOwnTime() throws Exception {
        Path one = begin("one");
        Path other = begin("other");
        String first = address(one);
        String second = address(other);
        HttpResponse<String> deployed =
                send("POST", first + "promises/deploy", SuiteTest.suite(1, "done", "sleep " + WORK.toSeconds() + "; "));
        assertThat(deployed.statusCode()).as("%s", deployed).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < PROMISES; i++) {
            HttpResponse<String> answer = send("POST", first + "promises/submit/hello", new byte[0]);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            ids.add(Json.mapper().readTree(answer.body()).path("id").asText());
        }
        Eventually.until("some run", START, () -> {
            for (String id : ids) {
                if (in("RUNNING", promise(first, id))) {
                    return true;
                }
            }
            return false;
        });

        controllers.get(0).destroyForcibly().waitFor();
        Instant killed = Instant.now();

        for (String id : ids) {
            Eventually.until(
                    id + " is settled", START, () -> promise(second, id).has("settled"));
        }
        Duration took = Duration.between(killed, Instant.now());
        for (String id : ids) {
            JsonNode promise = promise(second, id);
            assertThat(in("FULFILLED", promise)).as(promise.toString()).isTrue();
            assertThat(promise.path("reason").asText()).isEqualTo("done");
        }
        Duration work = WORK.multipliedBy((PROMISES + AT_A_TIME - 1) / AT_A_TIME);
        System.out.println("settled " + took + " after the kill; lease " + LEASE + ", work " + work);
        // Jenkins' queue and a busy machine are given as much again as the work.
        assertThat(took).isLessThan(LEASE.plus(work.multipliedBy(2)).plusSeconds(5));
    }
}
