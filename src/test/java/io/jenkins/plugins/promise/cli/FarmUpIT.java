package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** A farm as processes of this machine, brought up, killed, changed and taken down by its commands. */
@Category(Whole.class)
public class FarmUpIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Receiver receiver;
    private Path root;
    private Path home;
    private Path gate;
    private SuiteFolder suite;
    private int port;

    @Before
    public void prepare() throws IOException {
        receiver = new Receiver();
        root = folder.newFolder().toPath();
        home = folder.newFolder().toPath().resolve("farm");
        gate = root.resolve("gate");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        suite = new SuiteFolder(root.resolve("suite"));
        // The second time that it is started, after a kill, it finds the gate open.
        suite.worker(
                "work",
                "while [ ! -e " + gate + " ]; do sleep 0.1; done\necho '{\"data\": {\"n\": '$N'}}' > report.json",
                "token: ${WORK_TOKEN}",
                "inputs: { N: { type: integer, required: true }, R: { type: callback, receives: report } }");
        write(port, "");
    }

    private void write(int at, String more) throws IOException {
        Files.writeString(
                root.resolve("farm.yaml"),
                "farm: tested\ncontroller: local\naddress: http://127.0.0.1:" + at + "\n"
                        + "security: { tokens: [WORK_TOKEN] }\nsettings: { receivers: [127.0.0.1] }\n"
                        + "workers: { any: { count: 2 } }\nsuites: [suite]\n" + more);
    }

    @After
    public void stop() throws Exception {
        promise(Map.of(), "down", "--force");
        receiver.close();
    }

    private CommandProcess promise(Map<String, String> environment, String... words) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("farm", words[0], root.resolve("farm.yaml").toString()));
        arguments.addAll(List.of(words).subList(1, words.length));
        arguments.addAll(List.of("--home", home.toString()));
        CommandProcess command = CommandProcess.start(root, environment, arguments);
        command.await(PATIENCE);
        return command;
    }

    private CommandProcess good(String... words) throws Exception {
        CommandProcess command = promise(Map.of(), words);
        assertThat(command.await()).as(command.out() + command.err() + logs()).isZero();
        return command;
    }

    private String logs() throws IOException {
        StringBuilder logs = new StringBuilder();
        for (String log : List.of("controller.log", "supervisor.log")) {
            Path file = home.resolve(log);
            logs.append(Files.exists(file) ? Files.readString(file) : "");
        }
        return logs.toString();
    }

    private JsonNode running() throws IOException {
        return Json.mapper().readTree(Files.readAllBytes(home.resolve("running.json")));
    }

    private String submit(int number) throws Exception {
        String token = Files.readString(home.resolve("secrets/WORK_TOKEN")).strip();
        Http.Answer answer = new Http("http://127.0.0.1:" + port)
                .form(
                        "/promises/submit/work",
                        "N=" + number + "&R=" + receiver.url("/ok"),
                        "Authorization",
                        "Bearer " + token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private void reported(String id, int number) throws Exception {
        Eventually.until("promise " + number + " is reported", PATIENCE, () -> receiver.messages().stream()
                .anyMatch(m -> m.id().equals("msg_" + id + "_R")));
        assertThat(receiver.messages()).anySatisfy(m -> {
            assertThat(m.id()).isEqualTo("msg_" + id + "_R");
            assertThat(m.json().path("status").asText()).isEqualTo("SUCCESS");
            assertThat(m.json().at("/data/n").asInt()).isEqualTo(number);
        });
    }

    @Test
    public void isUpSurvivesAKillAndIsGone() throws Exception {
        assertThat(good("up", "--local").out()).contains("the controller is new", "tested is up");
        assertThat(good("up", "--local").out()).contains(" 0 changes").doesNotContain("the controller is");
        assertThat(good("status").out()).contains(": up", "deployed    1 job").doesNotContain("differs");

        String first = submit(1);
        assertThat(promise(Map.of(), "down").err()).contains("1 promise is open");
        long killed = running().path("controller").asLong();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        Eventually.until("it is there again", PATIENCE, () -> {
            try {
                return running().path("controller").asLong() != killed
                        && new Http("http://127.0.0.1:" + port)
                                        .get("/promises/jobs")
                                        .status()
                                < 500;
            } catch (IOException e) {
                return false;
            }
        });
        String second = submit(2);
        Files.createFile(gate);

        reported(first, 1);
        reported(second, 2);
        assertThat(good("status").out()).contains("started again 1 time");
        JsonNode last = running();
        assertThat(promise(Map.of("PROMISE_URL", "http://127.0.0.1:" + port + "/promises/x"), "down")
                        .err())
                .contains("would stop itself");
        Eventually.until(
                "all are closed", PATIENCE, () -> promise(Map.of(), "down").await() == 0);
        assertThat(home).doesNotExist();
        assertThat(ProcessHandle.of(last.path("controller").asLong())).isEmpty();
        assertThat(ProcessHandle.of(last.path("supervisor").asLong())).isEmpty();
    }

    @Test
    public void changesWhatChangedAndGoesBackWhereThatDoesNotComeUp() throws Exception {
        good("up", "--local");
        long before = running().path("controller").asLong();
        suite.worker("more", "echo '{}' > report.json");
        assertThat(promise(Map.of(), "status").out()).contains("differs     ", "more is more-dev-");
        assertThat(good("up", "--local").out()).contains("more is more-dev-").doesNotContain("the controller is");
        assertThat(running().path("controller").asLong()).isEqualTo(before);

        String first = submit(1);
        write(port, "controllers: { executors: 3 }\n");
        assertThat(promise(Map.of(), "status").out()).contains("differs     the controller");
        assertThat(good("up", "--local").out()).contains("the controller is replaced");
        assertThat(running().path("controller").asLong()).isNotEqualTo(before);

        try (ServerSocket taken = new ServerSocket(0)) {
            write(taken.getLocalPort(), "controllers: { executors: 3 }\n");
            CommandProcess failed = promise(Map.of(), "up", "--local");
            assertThat(failed.err()).contains("did not come up, and what was there before goes on");
            assertThat(failed.await()).isEqualTo(1);
        }
        write(port, "controllers: { executors: 3 }\n");
        Eventually.until("the one before answers", PATIENCE, () -> {
            try {
                return new Http("http://127.0.0.1:" + port)
                                .get("/promises/jobs")
                                .status()
                        < 500;
            } catch (IOException e) {
                return false;
            }
        });
        Files.createFile(gate);
        reported(first, 1);
        // A suite that is broken is told before anything is touched.
        Files.writeString(root.resolve("suite/jobs/more/job.yaml"), "kind: wroker\n");
        CommandProcess broken = promise(Map.of(), "up", "--local");
        assertThat(broken.await()).isEqualTo(2);
        assertThat(broken.err()).contains("jobs/more/job.yaml:1: kind");
        reported(submit(2), 2);
    }

    @Test
    public void whatASupervisorLeftIsTakenOver() throws Exception {
        good("up", "--local");
        JsonNode before = running();
        ProcessHandle.of(before.path("supervisor").asLong()).orElseThrow().destroyForcibly();
        Eventually.until("it is gone", PATIENCE, () -> ProcessHandle.of(
                        before.path("supervisor").asLong())
                .isEmpty());
        assertThat(promise(Map.of(), "status").out()).contains("supervisor  down");

        good("up", "--local");
        assertThat(running().path("controller").asLong())
                .isEqualTo(before.path("controller").asLong());
        assertThat(running().path("supervisor").asLong())
                .isNotEqualTo(before.path("supervisor").asLong());
    }
}
