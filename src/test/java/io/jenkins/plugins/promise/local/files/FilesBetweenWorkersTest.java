package io.jenkins.plugins.promise.local.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hashing;
import io.jenkins.plugins.promise.contract.files.FileLimits;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** What a worker produces, and who is given it; with real processes and over HTTP. */
public class FilesBetweenWorkersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PRODUCES = "produces: [build/**]";
    private static final String HAND_ON =
            """
            def built = phase('build') { worker job: 'build' }
            def used = phase('use') { worker job: 'use', files: [built.build] }
            report data: used.use.data
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

    private String reasonOf(String script, String... more) throws Exception {
        suite.worker("build", script, more.length == 0 ? new String[] {PRODUCES} : more);
        start();
        JsonNode report = report(submit("build"));
        assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("FAILURE");
        return report.path("reason").asText();
    }

    private List<Path> kept() throws IOException {
        Path files = home.resolve("files");
        if (!Files.exists(files)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(files)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    public void aLaterWorkerGetsWhatAnEarlierOneProduced() throws Exception {
        suite.worker(
                "build",
                "mkdir -p build/bin 'build/a b'; echo one > build/one.txt; echo two > 'build/a b/ä.txt';"
                        + " printf '#!/bin/sh\\necho ran' > build/bin/tool; chmod +x build/bin/tool; echo no > other.txt",
                PRODUCES);
        suite.worker(
                "use",
                "[ ! -e other.txt ] && [ \"$(cat 'build/a b/ä.txt')\" = two ] && ran=$(build/bin/tool)"
                        + " && echo \"{\\\"data\\\": {\\\"ran\\\": \\\"$ran\\\", \\\"one\\\": \\\"$(cat build/one.txt)\\\"}}\""
                        + " > report.json");
        suite.orchestration("all", HAND_ON);
        controllers.variable("LC_ALL", "C.UTF-8");
        start();

        JsonNode report = report(submit("all"));

        assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("SUCCESS");
        assertThat(report.path("data").toString()).isEqualTo("{\"ran\":\"ran\",\"one\":\"one\"}");
    }

    @Test
    public void theyAreListedWithTheirDigestsAndDownloaded() throws Exception {
        suite.worker("build", "mkdir -p build/x; printf hello > build/x/h.html", PRODUCES);
        start();
        String id = submit("build");
        report(id);

        JsonNode list = http.get("/promises/" + id + "/files").json();
        Http.Answer file = http.get("/promises/" + id + "/files/build/x/h.html");

        String digest =
                Hashing.sha256().hashString("hello", StandardCharsets.UTF_8).toString();
        assertThat(list.toString())
                .isEqualTo("{\"files\":[{\"name\":\"build/x/h.html\",\"bytes\":5,\"sha256\":\"" + digest + "\"}]}");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body()).isEqualTo("hello");
        assertThat(file.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(file.header("Content-Disposition")).isEqualTo("attachment");
        assertThat(http.get("/promises/" + id + "/files/build/x/other").status())
                .isEqualTo(404);
        assertThat(http.get("/promises/" + id + "/files/..%2F..%2Findex.json").status())
                .isIn(400, 404);
    }

    @Test
    public void nothingIsToldOfFilesBeforeThePromiseIsSettled() throws Exception {
        Path go = folder.getRoot().toPath().resolve("go");
        suite.worker("build", "mkdir build; echo x > build/x; until [ -e " + go + " ]; do sleep 0.02; done", PRODUCES);
        start();
        String id = submit("build");

        Http.Answer before = http.get("/promises/" + id + "/files");
        Files.createFile(go);
        report(id);

        assertThat(before.status()).isEqualTo(404);
        assertThat(before.body()).contains("not settled");
        assertThat(http.get("/promises/" + id + "/files").status()).isEqualTo(200);
    }

    @Test
    public void whoProducesNothingThatItPromisedHasFailed() throws Exception {
        assertThat(reasonOf("true"))
                .isEqualTo("what it produced is not kept: it produces build/**, and there is no such file in its"
                        + " workspace");
    }

    @Test
    public void aLinkIsRefused() throws Exception {
        assertThat(reasonOf("mkdir build; ln -s /etc/passwd build/passwd"))
                .isEqualTo("what it produced is not kept: build/passwd is a symbolic link; it must be a regular file");
        assertThat(kept()).isEmpty();
    }

    @Test
    public void aFolderThatIsALinkIsRefused() throws Exception {
        assertThat(reasonOf("ln -s /etc build")).contains("build is a symbolic link");
        assertThat(kept()).isEmpty();
    }

    @Test
    public void aPipeIsRefused() throws Exception {
        assertThat(reasonOf("mkdir build; mkfifo build/pipe")).contains("build/pipe is not a regular file");
    }

    @Test
    public void aSecondNameOfAnotherFileIsRefused() throws Exception {
        assertThat(reasonOf("mkdir build; echo x > x; ln x build/x")).contains("build/x has a second name");
    }

    @Test
    public void aNameThatIsAnotherNameElsewhereIsRefused() throws Exception {
        assertThat(reasonOf("mkdir build; echo x > 'build/a\\b'"))
                .contains("build/a?b holds a control character, a back");
    }

    @Test
    public void moreThanTheLimitIsRefusedAndNotKept() throws Exception {
        controllers.files(new FileSettings(null, new FileLimits(1_000, 10)));

        assertThat(reasonOf("mkdir build; head -c 600 /dev/zero > build/a; head -c 600 /dev/zero > build/b"))
                .contains("larger than 1000 bytes together", "build/b");
        assertThat(kept()).isEmpty();
    }

    @Test
    public void moreFilesThanTheLimitAreRefused() throws Exception {
        controllers.files(new FileSettings(null, new FileLimits(1_000, 10)));

        assertThat(reasonOf("mkdir build; for i in 1 2 3 4 5 6 7 8 9 10 11; do echo > build/$i; done"))
                .contains("more than 10 of them");
    }

    @Test
    public void aDiskThatDoesNotTakeThemIsTheReason() throws Exception {
        Files.createFile(home.resolve("files"));

        assertThat(reasonOf("mkdir build; echo x > build/x"))
                .startsWith("what it produced could not be kept on this machine: ");
    }

    @Test
    public void whatFailedIsNotKept() throws Exception {
        assertThat(reasonOf("mkdir build; echo x > build/x; exit 3")).isEqualTo("exit code 3, no report.json");
        assertThat(kept()).isEmpty();
    }

    @Test
    public void twoWorkersThatProduceOneNameAreTold() throws Exception {
        suite.worker("build", "mkdir build; echo x > build/x", PRODUCES);
        suite.worker("use", "true");
        suite.orchestration(
                "all",
                """
                def built = phase('build') {
                    worker job: 'build', as: 'one'
                    worker job: 'build', as: 'two'
                }
                worker job: 'use', files: [built.one, built.two]
                """);
        start();

        assertThat(report(submit("all")).path("reason").asText())
                .contains("'one' and 'two' have both produced build/x");
    }

    @Test
    public void aWorkerThatFailedHasNoFilesToGive() throws Exception {
        suite.worker("build", "exit 1", PRODUCES);
        suite.worker("use", "true");
        suite.orchestration(
                "all",
                """
                def built = phase('build', propagate: false) { worker job: 'build' }
                worker job: 'use', files: [built.build]
                """);
        start();

        assertThat(report(submit("all")).path("reason").asText())
                .contains("there are no files of a worker that failed: exit code 1");
    }

    @Test
    public void noWorkerOfAnotherOrchestrationIsAskedForItsFiles() throws Exception {
        suite.worker("build", "mkdir build; echo x > build/x", PRODUCES);
        suite.worker("use", "true");
        suite.orchestration(
                "all",
                "worker job: 'use', files: [[id: inputs.OTHER, status: 'SUCCESS']]",
                "inputs: { OTHER: { required: true } }");
        start();
        String other = submit("build");
        report(other);

        String id = http.form("/promises/submit/all", "OTHER=" + other)
                .json()
                .path("id")
                .asText();

        assertThat(report(id).path("reason").asText()).contains(other + ", which is no worker of this orchestration");
    }

    @Test
    public void aFileThatHasChangedSinceIsHandedToNobody() throws Exception {
        Path go = folder.getRoot().toPath().resolve("go");
        suite.worker("build", "mkdir build; printf hello > build/x", PRODUCES);
        suite.worker("wait", "until [ -e " + go + " ]; do sleep 0.02; done");
        suite.worker("use", "true");
        suite.orchestration(
                "all",
                """
                def built = worker job: 'build'
                worker job: 'wait'
                worker job: 'use', files: [built]
                """);
        start();
        String id = submit("all");
        http.settled(id + "-1-0-1", PATIENCE);
        Path file =
                kept().stream().filter(f -> f.endsWith("build/x")).findFirst().orElseThrow();
        Files.writeString(file, "hullo");
        Files.createFile(go);

        assertThat(report(id).path("reason").asText()).contains("build/x, which 'build' produced, has changed since");
    }

    @Test
    public void filesThatLieElsewhereAreToldAsSuch() throws Exception {
        Path go = folder.getRoot().toPath().resolve("go");
        suite.worker("build", "mkdir build; printf hello > build/x", PRODUCES);
        suite.worker("wait", "until [ -e " + go + " ]; do sleep 0.02; done");
        suite.worker("use", "true");
        suite.orchestration(
                "all",
                """
                def built = worker job: 'build'
                worker job: 'wait'
                worker job: 'use', files: [built]
                """);
        start();
        String id = submit("all");
        http.settled(id + "-1-0-1", PATIENCE);
        new FileStore(home.resolve("files"), FileLimits.DEFAULT).remove(id + "-1-0-1");
        Files.createFile(go);

        assertThat(report(id).path("reason").asText()).contains("what 'build' produced is not on this machine");
    }

    @Test
    public void whatIsGivenIsGivenAgainAfterARestart() throws Exception {
        Path count = folder.getRoot().toPath().resolve("count");
        Path go = folder.getRoot().toPath().resolve("go");
        suite.worker("build", "mkdir build; printf hello > build/x", PRODUCES);
        suite.worker("use", "cat build/x && echo >> " + count + " && until [ -e " + go + " ]; do sleep 0.02; done");
        suite.orchestration("all", HAND_ON.replace("report data: used.use.data", ""));
        start();
        String id = submit("all");
        http.settled(id + "-1-0-1", PATIENCE);
        Eventually.until("begun", PATIENCE, () -> Files.exists(count));
        controller.close();
        Files.createFile(go);
        start();

        assertThat(report(id).path("status").asText()).isEqualTo("SUCCESS");
        assertThat(Files.readAllLines(count)).hasSize(2);
    }
}
