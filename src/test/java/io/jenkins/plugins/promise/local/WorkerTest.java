package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.local.worker.WorkspaceLimits;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a worker gets, what it leaves, and what becomes of it; with real processes. */
public class WorkerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Leaves its parent, its session, its environment, its folder and its output, once and twice. */
    private static final String DAEMONS =
            """
            env -i setsid sh -c 'cd /; echo $$ > PIDS/once; exec sleep 300' < /dev/null > /dev/null 2>&1 &
            (env -i setsid sh -c 'cd /; (sh -c "echo \\$\\$ > PIDS/twice; exec sleep 301" &)' < /dev/null > /dev/null 2>&1 &)
            until [ -s PIDS/once ] && [ -s PIDS/twice ]; do sleep 0.05; done
            """;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;
    private Path home;
    private Controllers controllers;
    private LocalController controller;
    private Http http;

    @Before
    public void prepare() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath());
        home = folder.newFolder().toPath();
        controllers = new Controllers(home);
    }

    @After
    public void stop() {
        if (controller != null) {
            controller.close();
        }
    }

    private void start() throws IOException {
        controller = controllers.start(suite);
        http = new Http(controller.url());
    }

    private String submit(String job) throws Exception {
        Http.Answer answer = http.form("/promises/submit/" + job, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private JsonNode report(String id) throws Exception {
        http.settled(id, PATIENCE);
        return http.get("/promises/" + id + "/report").json();
    }

    private Path workspace(String id) {
        return home.resolve("workspaces").resolve(id);
    }

    private static long pid(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).trim());
    }

    private static void assertGone(Path pids) throws Exception {
        for (String name : List.of("once", "twice")) {
            long pid = pid(pids.resolve(name));
            Eventually.until(name + " is gone", PATIENCE, () -> ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        }
    }

    @Test
    public void workersInheritNoSecretsOfTheController() throws Exception {
        suite.worker("w", "env");
        controllers
                .variable("PROMISE_SIGNING_KEY", "x1")
                .variable("AWS_SECRET_ACCESS_KEY", "x2")
                .variable("LC_TIME", "C")
                .variable("NAMED", "x3")
                .inherited("NAMED");
        start();
        String id = submit("w");
        report(id);

        String log = http.get("/promises/" + id + "/log").body();

        assertThat(log)
                .contains("NAMED=x3", "LC_TIME=C", "PATH=", "PROMISE_ID=" + id)
                .doesNotContain("x1", "x2");
    }

    @Test
    public void noRelativePathFromAWorkspaceThatCanBeGuessedLeadsToASecret() throws Exception {
        suite.worker(
                "w",
                "for up in .. ../.. ../../..; do for f in operator-token signing-keys seal-key;"
                        + " do [ ! -e $up/$f ] || exit 1; [ ! -e $up/secrets/$f ] || exit 1; done; done");
        start();

        assertThat(controller.operatorToken()).isNotEmpty();
        assertThat(report(submit("w")).path("status").asText()).isEqualTo("SUCCESS");
    }

    @Test
    public void daemonsThatLeftEverythingBehindEndWithTheirRun() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")));
        Path pids = folder.newFolder().toPath();
        suite.worker("w", DAEMONS.replace("PIDS", pids.toString()));
        start();

        assertThat(report(submit("w")).path("status").asText()).isEqualTo("SUCCESS");

        assertGone(pids);
    }

    @Test
    public void daemonsThatLeftEverythingBehindEndWhenTheirRunIsCancelled() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")));
        Path pids = folder.newFolder().toPath();
        Path otherPids = folder.newFolder().toPath();
        suite.worker("w", DAEMONS.replace("PIDS", pids.toString()) + "sleep 302");
        suite.worker("other", DAEMONS.replace("PIDS", otherPids.toString()) + "sleep 303");
        start();
        String id = submit("w");
        String other = submit("other");
        for (Path folder : List.of(pids, otherPids)) {
            Eventually.until(
                    "the daemons",
                    PATIENCE,
                    () -> Files.exists(folder.resolve("once")) && Files.exists(folder.resolve("twice")));
        }

        assertThat(http.form("/promises/" + id + "/cancel", "").status()).isEqualTo(200);

        assertGone(pids);
        assertThat(ProcessHandle.of(pid(otherPids.resolve("once"))))
                .as("another run's")
                .isPresent();
        http.form("/promises/" + other + "/cancel", "");
        assertGone(otherPids);
    }

    @Test
    public void workspacesOfFailedWorkersAreKeptWithinLimitsAndTheOldestGoFirst() throws Exception {
        controllers.workspaces(new WorkspaceLimits(2, 1 << 20, Duration.ofDays(3)));
        suite.worker("good", "mkdir -p a/b; echo x > a/b/c");
        suite.worker("bad", "echo x > left; exit 1");
        suite.worker("large", "head -c 2000000 /dev/urandom > left; exit 1");
        start();
        String good = submit("good");
        report(good);
        String first = submit("bad");
        report(first);
        String second = submit("bad");
        report(second);
        String third = submit("bad");
        report(third);

        Eventually.until("two are left", PATIENCE, () -> !Files.exists(workspace(first)));
        assertThat(workspace(good)).doesNotExist();
        assertThat(workspace(second).resolve("left")).hasContent("x");
        assertThat(workspace(third).resolve("left")).hasContent("x");

        String large = submit("large");
        report(large);
        Eventually.until("what is too large goes at once", PATIENCE, () -> !Files.exists(workspace(large)));
        assertThat(workspace(third)).exists();
        controller.close();
        controllers.workspaces(new WorkspaceLimits(20, 1 << 20, Duration.ZERO));
        start();
        Eventually.until("what is too old goes at a start", PATIENCE, () -> !Files.exists(workspace(third)));
    }

    @Test
    public void whatAWorkerLeavesIsDeletedWithoutFollowingLinksAndThoughItMayNotBeWritten() throws Exception {
        Path outside = folder.newFolder().toPath();
        Files.writeString(outside.resolve("precious"), "x");
        suite.worker(
                "w",
                "ln -s " + outside + " link; mkdir -p locked/in; ln -s " + outside
                        + " locked/in/link; touch locked/in/f;"
                        + " chmod -R a-w locked/in; chmod 000 locked/in locked;"
                        + " p=.; for i in $(seq 30); do p=$p/" + "d".repeat(200)
                        + "; mkdir \"$p\" 2>/dev/null && cd \"$p\""
                        + " && p=. || exit 3; done");
        start();
        String id = submit("w");

        assertThat(report(id).path("reason").asText()).startsWith("exit code 0");

        Eventually.until("nothing is left", PATIENCE, () -> {
            try (Stream<Path> left = Files.list(home.resolve("workspaces"))) {
                return left.findAny().isEmpty();
            }
        });
        assertThat(outside.resolve("precious")).hasContent("x");
    }

    @Test
    public void aStartThatTheMachineRefusesIsNoFailureAndIsTriedAgain() throws Exception {
        suite.worker("w", "true");
        start();
        report(submit("w"));
        Path workspaces = home.resolve("workspaces");
        Files.delete(workspaces);
        Files.writeString(workspaces, "no folder can be made here");
        String id = submit("w");
        Eventually.until(
                "it waits for another attempt", PATIENCE, () -> Files.exists(home.resolve("runs/" + id + "/log")));
        assertThat(http.get("/promises/" + id).json().hasNonNull("settled")).isFalse();

        Files.delete(workspaces);

        assertThat(report(id).path("status").asText()).isEqualTo("SUCCESS");
    }
}
