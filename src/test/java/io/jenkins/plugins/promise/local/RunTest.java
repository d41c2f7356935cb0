package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Receiver;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Real workers, real orchestrations, on a local controller. */
public class RunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;
    private Path home;
    private LocalController controller;
    private Http http;

    @Before
    public void prepare() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath());
        home = folder.newFolder().toPath();
    }

    @After
    public void stop() {
        if (controller != null) {
            controller.close();
        }
    }

    private void start() throws IOException {
        start(4);
    }

    private void start(int executors) throws IOException {
        controller = new Controllers(home).executors(executors).start(suite);
        http = new Http(controller.url());
    }

    private String submit(String job, String form) throws Exception {
        Http.Answer answer = http.form("/promises/submit/" + job, form);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private JsonNode report(String id) throws Exception {
        http.settled(id, PATIENCE);
        return http.get("/promises/" + id + "/report").json();
    }

    private JsonNode run(String job, String form) throws Exception {
        return report(submit(job, form));
    }

    @Test
    public void givesWorkersTheirInputsAndNothingOfTheControllers() throws Exception {
        suite.file("lib/shared.txt", "shared");
        suite.worker(
                "w",
                "pwd; ls; cat \"$PROMISE_JOB_DIR/lib/shared.txt\" \"$PROMISE_JOB_DIR/own.txt\"\n"
                        + "echo \"$TEXT|$PROMISE_ID|$PROMISE_JOB|$WORKSPACE|${W_TOKEN-none}\"; read -r x; echo \"end $x\"",
                "files: [lib/shared.txt]",
                "inputs: { TEXT: { type: text } }",
                "token: ${W_TOKEN}");
        suite.file("jobs/w/own.txt", " own\n");
        controller = new Controllers(home).variable("W_TOKEN", "t").start(suite);
        http = new Http(controller.url());
        String id = submit("w", "TEXT=two%0Alines");

        JsonNode tail = report(id).at("/log/tail");

        String workspace = home.toRealPath().resolve("workspaces/" + id).toString();
        assertThat(tail)
                .extracting(JsonNode::asText)
                .containsExactly(workspace, "shared own", "two", "lines|" + id + "|w|" + workspace + "|none", "end ");
    }

    @Test
    public void runsScriptsByTheirShebang() throws Exception {
        suite.file("jobs/a/job.yaml", "kind: worker\nscript: a.awk\n");
        suite.file("jobs/a/a.awk", "#!/usr/bin/awk -f\nBEGIN { print \"from awk\" }\n");
        start();

        assertThat(run("a", "").at("/log/tail/0").asText()).isEqualTo("from awk");
    }

    @Test
    public void settlesByTheExitCodeTheReportAndTheContract() throws Exception {
        suite.worker("bad", "exit 3");
        suite.worker("killed", "kill -9 $$");
        suite.worker("broken", "echo '{' > report.json");
        suite.worker("huge", "head -c 100001 /dev/zero > report.json");
        suite.worker("pipe", "mkfifo report.json");
        suite.worker(
                "shape",
                "echo '{\"data\": {\"v\": \"x\"}}' > report.json",
                "outputs: { type: object, properties: { v: { type: number } } }");
        suite.worker("missing", "", "inputs: {}");
        Files.delete(suite.root().resolve("jobs/missing/run.sh"));
        suite.file("jobs/missing/run.sh", "#!/no/such/interpreter\n");
        start();

        assertThat(run("bad", "").path("reason").asText()).isEqualTo("exit code 3, no report.json");
        assertThat(run("killed", "").path("reason").asText()).isEqualTo("killed by signal 9, no report.json");
        assertThat(run("broken", "").path("reason").asText()).startsWith("report.json is not JSON: line 2");
        assertThat(run("huge", "").path("reason").asText()).isEqualTo("report.json is larger than 100000 bytes");
        assertThat(run("pipe", "").path("reason").asText()).isEqualTo("report.json is not a regular file");
        assertThat(run("shape", "").path("reason").asText()).contains("does not match the contract: data.v");
        assertThat(run("missing", "").path("reason").asText()).startsWith("the script cannot be started");
    }

    @Test
    public void masksSecretsEverywhere() throws Exception {
        suite.worker(
                "s",
                "echo \"using $PASS\"; echo \"{\\\"reason\\\": \\\"with $PASS\\\", \\\"data\\\": [\\\"$PASS\\\"]}\" > report.json",
                "inputs: { PASS: { type: secret, required: true } }");
        suite.orchestration(
                "o",
                "def r = worker job: 's', inputs: [PASS: inputs.PASS]\necho 'got ' + inputs.PASS\nreport reason: r.reason + inputs.PASS",
                "inputs: { PASS: { type: secret, required: true } }");
        start();
        String id = submit("o", "PASS=hunter2hunter2");

        JsonNode report = report(id);

        assertThat(report.path("reason").asText()).isEqualTo("with ********");
        assertThat(http.get("/promises/" + id).body()).contains("****").doesNotContain("hunter2");
        assertThat(http.get("/promises/" + id + "/log").body())
                .contains("got ****")
                .doesNotContain("hunter2");
        controller.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("hunter2");
            }
        }
    }

    @Test
    public void orchestratesWorkersAndTellsTheirPhases() throws Exception {
        suite.worker(
                "double",
                "echo \"{\\\"data\\\": {\\\"n\\\": $((N * 2))}}\" > report.json",
                "inputs: { N: { type: integer, required: true } }");
        suite.orchestration(
                "o",
                """
                def a = phase('first') {
                    worker job: 'double', as: 'x', inputs: [N: inputs.N]
                    worker job: 'double', as: 'y', inputs: [N: 10]
                }
                def b = worker job: 'double', inputs: [N: a.x.data.n + a.y.data.n]
                report data: [n: b.data.n]
                """,
                "inputs: { N: { type: integer, default: 1 } }");
        start();
        String id = submit("o", "N=3");

        assertThat(report(id).at("/data/n").asInt()).isEqualTo(52);
        JsonNode promise = http.get("/promises/" + id).json();
        assertThat(promise.at("/phases/0/name").asText()).isEqualTo("first");
        assertThat(promise.at("/phases/0/workers"))
                .extracting(w -> w.path("name").asText())
                .containsExactly("x", "y");
        JsonNode worker = http.get(
                        "/promises/" + promise.at("/phases/0/workers/0/promise").asText())
                .json();
        assertThat(worker.path("state").asText()).isEqualTo("FULFILLED");
        assertThat(worker.at("/parent/promise").asText()).isEqualTo(id);
    }

    @Test
    public void startsNoWorkerOfAPhaseWhereOneCallBreaksItsContract() throws Exception {
        suite.worker("w", "touch \"$MARK\"", "inputs: { MARK: { required: true } }");
        Path mark = folder.getRoot().toPath().resolve("mark");
        suite.orchestration(
                "o",
                "def name = 'MARK'\nphase('p') {\n  worker job: 'w', inputs: [(name): '" + mark
                        + "']\n  worker job: 'w', as: 'bad', inputs: [(name + 'X'): 'x']\n}");
        start();

        JsonNode report = run("o", "");

        assertThat(report.path("status").asText()).isEqualTo("FAILURE");
        assertThat(report.path("reason").asText()).contains("MARKX is not an input of this job; did you mean 'MARK'?");
        assertThat(mark).doesNotExist();
    }

    @Test
    public void retriesAndFailsFast() throws Exception {
        Path count = folder.newFile().toPath();
        suite.worker("flaky", "echo x >> " + count + "; [ $(wc -l < " + count + ") -ge 3 ]");
        suite.worker("slow", "sleep 60");
        suite.worker("bad", "exit 1");
        suite.orchestration("o", "phase('p') { worker job: 'flaky', retries: 2 }");
        suite.orchestration("ff", "phase('p', failFast: true) { worker job: 'slow'; worker job: 'bad' }");
        start();

        assertThat(run("o", "").path("status").asText()).isEqualTo("SUCCESS");
        assertThat(Files.readAllLines(count)).hasSize(3);
        assertThat(run("ff", "").path("reason").asText())
                .as("who failed is named once")
                .isEqualTo("phase 'p': worker 'bad' failed: exit code 1, no report.json; 'slow' ended with it");
        assertThat(http.get("/promises").json().path("count").asInt()).isZero();
    }

    @Test
    public void cancelKillsTheWholeProcessTree() throws Exception {
        Path pids = folder.newFolder().toPath();
        suite.worker(
                "tree",
                "sleep 300 & echo $! > " + pids + "/child\n"
                        + "(setsid bash -c 'sleep 301 & echo $! > " + pids + "/grandchild; wait' &)\n"
                        + "until [ -s " + pids + "/grandchild ]; do sleep 0.1; done; echo ready > " + pids
                        + "/ready; trap '' TERM; while true; do sleep 1; done");
        suite.orchestration("o", "worker job: 'tree'");
        start();
        String id = submit("o", "");
        Eventually.until("the tree", PATIENCE, () -> Files.exists(pids.resolve("ready")));

        assertThat(http.form("/promises/" + id + "/cancel", "").status()).isEqualTo(200);

        assertThat(report(id).path("reason").asText()).isEqualTo("cancelled by request while it was running");
        for (String file : List.of("child", "grandchild")) {
            long pid = Long.parseLong(Files.readString(pids.resolve(file)).trim());
            Eventually.until(
                    file + " is gone", PATIENCE, () -> ProcessHandle.of(pid).isEmpty());
        }
        assertThat(http.form("/promises/" + id + "/cancel", "").status()).isEqualTo(409);
    }

    @Test
    public void aQueuedPromiseThatIsCancelledIsReported() throws Exception {
        suite.worker("slow", "sleep 60");
        suite.worker("next", "true", "inputs: { WHERE: { type: callback, receives: report } }");
        start(1);
        String running = submit("slow", "");
        Eventually.until("it runs", PATIENCE, () -> http.get("/promises/" + running)
                .body()
                .contains("RUNNING"));
        try (Receiver receiver = new Receiver()) {
            Http.Answer answer = http.form("/promises/submit/next", "WHERE=" + receiver.url("/ok"));
            String queueItem =
                    answer.header("Location").substring(controller.url().length()) + "api/json";
            assertThat(http.get(queueItem).json().path("why").asText()).contains("Waiting");

            http.form("/promises/" + answer.json().path("id").asText() + "/cancel", "");

            JsonNode report = receiver.await(1, PATIENCE).get(0).json();
            assertThat(report.path("status").asText()).isEqualTo("FAILURE");
            assertThat(report.path("reason").asText()).isEqualTo("cancelled by request while it was in the queue");
            assertThat(http.get(queueItem).json().path("cancelled").asBoolean()).isTrue();
        }
        http.form("/promises/" + running + "/cancel", "");
    }

    @Test
    public void aDeadlineSettlesAndKills() throws Exception {
        Path pid = folder.getRoot().toPath().resolve("pid");
        suite.worker("slow", "echo $$ > " + pid + "; sleep 60", "deadline: 1s");
        suite.orchestration("sleeper", "sleep 3600", "deadline: 1s");
        suite.orchestration("looper", "while (true) { }", "deadline: 1s");
        start();

        assertThat(run("slow", "").path("reason").asText())
                .isEqualTo("the deadline of 1 s passed while it was running");
        long process = Long.parseLong(Files.readString(pid).trim());
        Eventually.until("it is gone", PATIENCE, () -> ProcessHandle.of(process).isEmpty());
        assertThat(run("sleeper", "").path("reason").asText()).contains("the deadline of 1 s passed");
        assertThat(run("looper", "").path("reason").asText()).contains("the deadline of 1 s passed");
        assertThat(run("sleeper", "").path("reason").asText()).contains("the deadline of 1 s passed");
    }

    @Test
    public void goesOnAfterAStopInTheMiddleOfAPhase() throws Exception {
        Path ran = folder.newFolder().toPath();
        suite.worker("quick", "echo x >> " + ran + "/quick");
        suite.worker("slow", "echo x >> " + ran + "/slow; until [ -e " + ran + "/go ]; do sleep 0.05; done");
        suite.worker("last", "echo x >> " + ran + "/last");
        suite.orchestration(
                "o",
                "phase('p') { worker job: 'quick'; worker job: 'slow' }\nworker job: 'last'\nreport reason: 'whole'");
        start();
        String id = submit("o", "");
        Eventually.until("quick is done", PATIENCE, () -> http.get("/promises/" + id + "-1-0-1")
                .body()
                .contains("FULFILLED"));
        Eventually.until("slow runs", PATIENCE, () -> Files.exists(ran.resolve("slow")));
        controller.close();
        Files.createFile(ran.resolve("go"));
        start();

        assertThat(report(id).path("reason").asText()).isEqualTo("whole");
        assertThat(Files.readAllLines(ran.resolve("quick"))).hasSize(1);
        assertThat(Files.readAllLines(ran.resolve("slow"))).hasSize(2);
        assertThat(Files.readAllLines(ran.resolve("last"))).hasSize(1);
        assertThat(http.get("/promises/" + id + "/log").body()).contains("going on after a restart");
    }

    @Test
    public void anUnreadableRecordIsSetAsideNamedAndCountedAndTheRestGoesOn() throws Exception {
        suite.worker("w", "true");
        suite.worker("slow", "sleep 60");
        start(1);
        String broken = submit("slow", "");
        Eventually.until("it runs", PATIENCE, () -> http.get("/promises/" + broken)
                .body()
                .contains("RUNNING"));
        controller.close();
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ledger/ledger.db"));
                Statement statement = ledger.createStatement()) {
            statement.executeUpdate("UPDATE promise SET record = '{ half'");
        }
        start();

        assertThat(run("w", "").path("status").asText()).isEqualTo("SUCCESS");
        JsonNode told = http.get("/promises?state=all").json();
        assertThat(told.at("/setAside/0/id").asText()).isEqualTo(broken);
        assertThat(told.at("/setAside/0/why").asText()).contains("its record is damaged");
        assertThat(http.get("/promises/" + broken).status()).isEqualTo(404);
    }
}
