package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Receiver;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** {@code promise ledger}, beside a controller that works. */
public class LedgerCommandIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private Receiver receiver;
    private SuiteFolder suite;
    private Path home;
    private CommandProcess controller;

    @Before
    public void prepare() throws IOException {
        receiver = new Receiver();
        home = folder.newFolder().toPath();
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "work",
                        "echo '{\"data\": {\"n\": 1}}' > report.json",
                        "inputs: { S: { type: secret }, R: { type: callback, receives: report } }");
    }

    @After
    public void stop() {
        if (controller != null) {
            controller.close();
        }
        receiver.close();
    }

    private Http serve(Path where) throws Exception {
        controller = CommandProcess.start(
                where,
                Map.of(),
                List.of("serve", suite.root().toString(), "--open", "--home", where.toString(), "--port", "0"));
        return new Http(controller.url());
    }

    private int ledger(String... arguments) throws Exception {
        CommandProcess command = CommandProcess.run(
                home, Stream.concat(Stream.of("ledger"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(command.err()).doesNotContain("Exception");
        return command.await();
    }

    @Test
    @Category(Whole.class)
    public void aBackupOfAControllerUnderLoadSettlesEverythingElsewhere() throws Exception {
        Http http = serve(home);
        String form = "S=hidden&R=" + receiver.url("/ok");
        ExecutorService client = Executors.newSingleThreadExecutor();
        Path copy = folder.getRoot().toPath().resolve("copy.db");
        Future<?> load = client.submit(() -> {
            for (int i = 0; i < 100 || !Files.exists(copy); i++) {
                Http.Answer answer = http.form("/promises/submit/work", form);
                accepted.add(answer.json().path("id").asText());
            }
            return null;
        });
        Eventually.until("there is load", PATIENCE, () -> accepted.size() > 20);
        assertThat(ledger("backup", copy.toString(), "--home", home.toString())).isEqualTo(ExitCode.SUCCESS);
        load.get();
        client.shutdown();
        assertThat(ledger("check", "--home", home.toString())).isEqualTo(ExitCode.SUCCESS);
        controller.kill();

        Path other = folder.newFolder().toPath();
        copyWithoutLedger(home, other);
        assertThat(ledger("restore", copy.toString(), "--home", other.toString()))
                .isEqualTo(ExitCode.SUCCESS);
        assertThat(ledger("check", "--home", other.toString())).isEqualTo(ExitCode.SUCCESS);
        Http restored = serve(other);
        Eventually.until("all is settled and delivered", PATIENCE, () -> count(restored, "open") == 0);
        assertThat(count(restored, "fulfilled"))
                .isEqualTo(count(restored, "all"))
                .isGreaterThan(20);
        assertThat(accepted).containsAll(ids(restored));
        Set<String> received =
                receiver.messages().stream().map(Receiver.Message::id).collect(Collectors.toSet());
        ids(restored).forEach(id -> assertThat(received).contains("msg_" + id + "_R"));
    }

    @Test
    public void theCheckNamesAVersionThatHasOtherFilesThanThoseThatWereDeployed() throws Exception {
        serve(home).get("/promises/jobs");
        controller.kill();
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ledger/ledger.db"));
                Statement statement = ledger.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE version_file SET content = NULL"))
                    .isPositive();
        }
        CommandProcess check = CommandProcess.run(home, "ledger", "check", "--home", home.toString());
        assertThat(check.await()).isEqualTo(ExitCode.FAILURE);
        assertThat(check.out())
                .contains("the version work-dev-")
                .contains(" has other files than those that were deployed");
    }

    private static int count(Http http, String state) throws Exception {
        return http.get("/promises?state=" + state).json().path("count").asInt(-1);
    }

    private static List<String> ids(Http http) throws Exception {
        return http.get("/promises").json().findValuesAsText("id");
    }

    /** The keys, as an operator keeps them beside the copy. */
    private static void copyWithoutLedger(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path name = from.relativize(file);
                if (!name.startsWith("ledger") && !name.startsWith("runs")) {
                    Files.createDirectories(to.resolve(name).getParent());
                    Files.copy(file, to.resolve(name));
                }
            }
        }
        DurableFiles.delete(to.resolve("controller.json"));
    }

    @Test
    public void aDamagedLedgerIsToldInALineAndBadUseIsRefused() throws Exception {
        assertThat(ledger("check", "--home", home.toString())).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ledger()).isEqualTo(ExitCode.USAGE);
    }
}
