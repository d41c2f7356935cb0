package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Nothing of a paused version is started: what is submitted waits, what runs goes on, over a restart too. */
public class PausingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private Path gate;
    private SuiteFolder suite;
    private LocalController controller;
    private Http http;

    @Before
    public void start() throws Exception {
        home = folder.newFolder().toPath();
        gate = folder.getRoot().toPath().resolve("gate");
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker("slow", "while [ ! -e '" + gate + "' ]; do sleep 0.05; done")
                .worker("quick", "true")
                .worker("other", "true");
        open();
    }

    private void open() throws Exception {
        controller = new Controllers(home).executors(1).start(suite);
        http = new Http(controller.url());
    }

    @After
    public void stop() {
        controller.close();
    }

    private String submit(String job) throws Exception {
        return http.form("/promises/submit/" + job, "").json().path("id").asText();
    }

    private JsonNode post(String path) throws Exception {
        Http.Answer answer = http.form(path, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode promise(String id) throws Exception {
        return http.get("/promises/" + id).json();
    }

    private void runs(String id) throws Exception {
        Eventually.until(
                "it runs", PATIENCE, () -> promise(id).path("state").asText().equals("RUNNING"));
    }

    @Test
    public void whatIsQueuedWaitsInTheLedgerAndOthersGoPastIt() throws Exception {
        String slow = submit("slow");
        runs(slow);
        String quick = submit("quick");
        JsonNode paused = post("/promises/pause/quick");
        assertThat(paused.path("version").asText()).startsWith("quick-dev-");
        assertThat(paused.path("paused").path("by").asText()).isEqualTo("the operator");
        String second = submit("quick");
        Files.createFile(gate);
        http.settled(slow, PATIENCE);
        http.settled(submit("other"), PATIENCE);

        for (String waiting : new String[] {quick, second}) {
            JsonNode why = promise(waiting).path("waitsFor");
            assertThat(promise(waiting).path("state").asText()).isEqualTo("PENDING");
            assertThat(why.path("what").asText()).isEqualTo("version");
            assertThat(why.path("detail").asText())
                    .isEqualTo(paused.path("version").asText() + " is paused by the operator");
            assertThat(why.path("stuck").asBoolean()).isTrue();
            assertThat(why.has("since")).isTrue();
        }
        assertThat(http.get("/promises/jobs/quick")
                        .json()
                        .path("versions")
                        .path(0)
                        .path("paused")
                        .path("by")
                        .asText())
                .isEqualTo("the operator");

        assertThat(post("/promises/resume/quick").hasNonNull("paused")).isFalse();
        http.settled(quick, PATIENCE);
        http.settled(second, PATIENCE);
        assertThat(promise(quick).path("settled").asText())
                .as("in the order of acceptance")
                .isLessThanOrEqualTo(promise(second).path("settled").asText());
    }

    @Test
    public void whatRunsGoesOnAndThePauseOutlastsTheController() throws Exception {
        String slow = submit("slow");
        runs(slow);
        post("/promises/pause/slow");
        post("/promises/pause/slow");
        Files.createFile(gate);
        http.settled(slow, PATIENCE);
        String waiting = submit("slow");
        controller.close();
        open();
        http.settled(submit("quick"), PATIENCE);
        assertThat(promise(waiting).path("waitsFor").path("what").asText()).isEqualTo("version");
        post("/promises/resume/slow");
        http.settled(waiting, PATIENCE);
    }

    @Test
    public void whatIsNotDeployedCannotBePaused() throws Exception {
        assertThat(http.form("/promises/pause/nothing", "").status()).isEqualTo(404);
        assertThat(http.form("/promises/resume/nothing", "").status()).isEqualTo(404);
    }
}
