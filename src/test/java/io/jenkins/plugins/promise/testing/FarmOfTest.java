package io.jenkins.plugins.promise.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A farm of one local controller, with a file of its own and a suite that a test writes. */
public final class FarmOfTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path root;
    private final Path home;
    private final SuiteFolder suite;
    private int port;
    private int executors = 2;

    /** Not up yet, in that folder. */
    public FarmOfTest(Path root) throws IOException {
        this.root = root;
        this.home = root.resolve("farm");
        this.suite = new SuiteFolder(root.resolve("suite"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    /** A command that is under way. */
    public interface Background extends AutoCloseable {
        void await(Duration patience) throws InterruptedException;

        @Override
        void close();
    }

    public Path root() {
        return root;
    }

    public SuiteFolder suite() {
        return suite;
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Has the file say another address. */
    public void address(int other) throws IOException {
        write(other);
    }

    /** Has the file say how many executors. */
    public void executors(int number) throws IOException {
        executors = number;
        write(port);
    }

    private void write(int at) throws IOException {
        Files.writeString(
                root.resolve("farm.yaml"),
                "farm: tested\ncontroller: local\naddress: http://127.0.0.1:" + at + "\n"
                        + "controllers: { executors: " + executors + " }\n"
                        + "security: { tokens: [WORK_TOKEN] }\nsettings: { receivers: [127.0.0.1] }\n"
                        + "workers: { any: { count: 2 } }\nsuites: [suite]\n");
    }

    /** The value of one of its secrets. */
    public String secret(String name) throws IOException {
        return Files.readString(home.resolve("secrets").resolve(name)).strip();
    }

    /** Runs one of its commands to the end. */
    public CommandProcess promise(String... words) throws Exception {
        CommandProcess command = started(words);
        command.await(PATIENCE);
        return command;
    }

    /** Runs one of its commands, which must end well. */
    public CommandProcess good(String... words) throws Exception {
        CommandProcess command = promise(words);
        assertThat(command.await()).as(command.out() + command.err() + logs()).isZero();
        return command;
    }

    /** Begins one of its commands. */
    public Background inBackground(String... words) throws IOException {
        CommandProcess command = started(words);
        return new Background() {
            @Override
            public void await(Duration patience) throws InterruptedException {
                command.await(patience);
            }

            @Override
            public void close() {
                command.close();
            }
        };
    }

    private CommandProcess started(String... words) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("farm", words[0], root.resolve("farm.yaml").toString()));
        arguments.addAll(List.of(words).subList(1, words.length));
        arguments.addAll(List.of("--home", home.toString()));
        return CommandProcess.start(root, Map.of(), arguments);
    }

    /** What its processes have said. */
    public String logs() throws IOException {
        StringBuilder logs = new StringBuilder();
        for (String log : List.of("controller.log", "supervisor.log")) {
            Path file = home.resolve(log);
            logs.append(Files.exists(file) ? Files.readString(file) : "");
        }
        return logs.toString();
    }

    /** The process that is its controller. */
    public long controller() throws IOException {
        return running().path("controller").asLong();
    }

    /** The process that is its supervisor. */
    public long supervisor() throws IOException {
        return running().path("supervisor").asLong();
    }

    private JsonNode running() throws IOException {
        return Json.mapper().readTree(Files.readAllBytes(home.resolve("running.json")));
    }

    /** Waits until its controller answers. */
    public void awaitAnswer() throws Exception {
        Eventually.until("it answers", PATIENCE, () -> {
            try {
                return new Http(address()).get("/promises/jobs").status() < 500;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Leaves nothing of it. */
    public void takeDown() throws Exception {
        promise("down", "--force");
    }
}
