package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import io.jenkins.plugins.promise.contract.Keep;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.log.PromiseLogs;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The log of a promise stays when its build is discarded. */
public final class KeptLogsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    private static String kept(String id) throws IOException {
        try (InputStream log = PromiseFixture.controller().logs().find(id).orElse(InputStream.nullInputStream())) {
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void deleteBuilds(String job) throws Exception {
        jenkins.waitUntilNoActivity();
        Job<?, ?> found = jenkins.jenkins.getItemByFullName(job, Job.class);
        for (Run<?, ?> run : found.getBuilds()) {
            run.delete();
        }
    }

    @Test
    public void endOfALogInAReportIsWhatPeopleWrote() throws Exception {
        fixture.orchestration("says", "echo 'begun'\nnode { echo 'within' }\necho 'ended'\nreport data: 1");
        String id = fixture.submit("says", "");
        fixture.settled(id);
        JsonNode log = Json.mapper()
                .readTree(fixture.get("promises/" + id + "/report", PromiseFixture.token())
                        .body())
                .path("log");
        assertThat(log.path("tail"))
                .extracting(JsonNode::asText)
                .contains("begun", "within", "ended")
                .noneMatch(line -> line.startsWith("[Pipeline]"));
        assertThat(log.path("truncated").asBoolean()).isFalse();
    }

    @Test
    public void logsOfWorkersAndOrchestrationsOutliveTheirBuilds() throws Exception {
        fixture.worker(
                        "greet",
                        "echo the first line; echo \"and $SECRET\"",
                        PromiseFixture.input("SECRET", "secret", true))
                .getProperty(io.jenkins.plugins.promise.jenkins.job.PromiseContract.class)
                .setToken(hudson.util.Secret.fromString(PromiseFixture.TOKEN));
        fixture.orchestration("calls", "echo 'from the script'\nworker job: 'greet', inputs: [SECRET: 'hush-hush']");
        String worker = fixture.submit("greet", "SECRET=hush-hush");
        String orchestration = fixture.submit("calls", "");
        fixture.settled(worker);
        fixture.settled(orchestration);
        Eventually.until(
                "both are kept",
                PATIENCE,
                () -> !kept(worker).isEmpty() && !kept(orchestration).isEmpty());
        deleteBuilds("greet");
        deleteBuilds("calls");

        HttpResponse<String> log = fixture.get("promises/" + worker + "/log", PromiseFixture.token());
        assertThat(log.statusCode()).isEqualTo(200);
        assertThat(log.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(log.body()).contains("the first line").contains("and ****").doesNotContain("hush-hush");
        assertThat(fixture.get("promises/" + orchestration + "/log", PromiseFixture.token())
                        .body())
                .contains("from the script")
                .as("without what Jenkins writes for browsers")
                .doesNotContain("[8mha:");
        assertThat(fixture.promise(worker).path("links").path("log").asText()).endsWith("/promises/" + worker + "/log");
    }

    @Test
    public void theLogOfABuildThatRunsIsThereTooAndADeletedOneIsKeptBeforeItGoes() throws Exception {
        jenkins.jenkins.setNumExecutors(1);
        fixture.orchestration("waits", "echo 'so far'\nsleep 600");
        String id = fixture.submit("waits", "");
        Eventually.until(
                "its line is there", PATIENCE, () -> fixture.get("promises/" + id + "/log", PromiseFixture.token())
                        .body()
                        .contains("so far"));
        assertThat(kept(id)).isEmpty();
        fixture.post("promises/" + id + "/cancel", "", PromiseFixture.token());
        deleteBuilds("waits");
        assertThat(kept(id)).contains("so far");
    }

    @Test
    public void soManyBuildsOfACommonNameAreKeptAsItsContractSaysWhateverTheirVersion() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new FullControlOnceLoggedInAuthorizationStrategy());
        String first = null;
        for (int version = 1; version <= 3; version++) {
            fixture.post(
                    "promises/deploy",
                    SuiteTest.suite(version, "version " + version, new Keep(null, 2)),
                    fixture.user("admin"));
            String id = Json.mapper()
                    .readTree(fixture.post("promises/submit/hello", "", fixture.user("admin"))
                            .body())
                    .path("id")
                    .asText();
            fixture.settled(id, fixture.user("admin"));
            Eventually.until("its log is kept", PATIENCE, () -> !kept(id).isEmpty());
            first = first == null ? id : first;
        }
        Job<?, ?> oldest = jenkins.jenkins.getItemByFullName("suite/hello-v1-aaaaaaa", Job.class);
        Eventually.until("the oldest build is gone", PATIENCE, () -> oldest.getLastBuild() == null);
        for (String newer : List.of("hello-v2-aaaaaaa", "hello-v3-aaaaaaa")) {
            assertThat(jenkins.jenkins
                            .getItemByFullName("suite/" + newer, Job.class)
                            .getBuilds())
                    .hasSize(1);
        }
        assertThat(kept(first)).isNotEmpty();
        assertThat(PromiseFixture.reason(first)).isEqualTo("version 1");
    }

    @Test
    public void whatHasBeenKeptLongEnoughIsDroppedAndWhatIsHalfWrittenIsNotThere() throws Exception {
        PromiseLogs logs = new PromiseLogs(PromiseFixture.controller().ledger());
        logs.keep(
                "old",
                out -> out.write("old".getBytes(StandardCharsets.UTF_8)),
                Instant.now().minusSeconds(1));
        logs.keep("new", out -> out.write(new byte[1 << 20]), Instant.now().plusSeconds(600));
        try {
            logs.keep(
                    "half",
                    out -> {
                        out.write("half".getBytes(StandardCharsets.UTF_8));
                        throw new IOException("the disk is gone");
                    },
                    Instant.now().plusSeconds(600));
        } catch (IOException e) {
            assertThat(e).hasMessage("the disk is gone");
        }
        PromiseFixture.controller().logs().drop();
        assertThat(logs.kept("old")).isFalse();
        assertThat(logs.kept("half")).isFalse();
        assertThat(logs.find("new").orElseThrow().readAllBytes()).hasSize(1 << 20);
    }
}
