package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** A script whose controller ends again and again while it runs is not run for ever, and nobody else is blamed. */
@Category(Whole.class)
public class ScriptDeathsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SUSPECTS = 3;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path here;
    private CommandProcess controller;

    @Before
    public void make() throws IOException {
        here = folder.newFolder().toPath();
        new SuiteFolder(here.resolve("suite"))
                // Stands for a script that ends its controller: it is there whenever the test ends it.
                .orchestration("deadly", "echo 'begins'\nwhile (true) { Math.abs(1) }")
                .orchestration("gate", "sleep 1\nreport data: [good: true]");
    }

    @After
    public void stop() {
        controller.close();
    }

    private Http start() throws Exception {
        controller = CommandProcess.start(
                here, Map.of(), List.of("serve", "suite", "--open", "--port", "0", "--home", here + "/home"));
        return new Http(controller.url());
    }

    private static String submit(Http http, String job) throws Exception {
        return http.form("/promises/submit/" + job, "").json().path("id").asText();
    }

    private static int begun(Http http, String id) throws Exception {
        return (int) http.get("/promises/" + id + "/log")
                .body()
                .lines()
                .filter("begins"::equals)
                .count();
    }

    @Test
    public void aScriptThatEndsItsControllerThreeTimesIsSettledWithTheReason() throws Exception {
        Http http = start();
        String deadly = submit(http, "deadly");
        for (int death = 1; death <= SUSPECTS; death++) {
            int times = death;
            Http now = http;
            Eventually.until(
                    "its script runs for the " + times + ". time", PATIENCE, () -> begun(now, deadly) == times);
            String beside = submit(http, "gate");
            controller.kill();
            http = start();
            assertThat(http.settled(beside, PATIENCE).path("state").asText())
                    .as("what only ran beside it")
                    .isEqualTo("FULFILLED");
        }

        JsonNode settled = http.settled(deadly, PATIENCE);
        assertThat(settled.path("state").asText()).isEqualTo("REJECTED");
        assertThat(settled.path("reason").asText())
                .isEqualTo(
                        "its controller has ended 3 times while this script was running, and it is not run again; what"
                                + " it did last is in its log");
        assertThat(begun(http, deadly)).isEqualTo(SUSPECTS);
        JsonNode log = http.get("/promises/" + deadly + "/report").json().path("log");
        assertThat(log.path("tail"))
                .as("what it did last, of which the reason speaks, is in its report")
                .extracting(JsonNode::asText)
                .contains("begins");
        assertThat(log.path("url").asText()).endsWith("/promises/" + deadly + "/log");
    }

    @Test
    public void aControllerThatIsStoppedInGoodOrderBlamesNoScript() throws Exception {
        Http http = start();
        String endless = submit(http, "deadly");
        for (int stop = 1; stop <= SUSPECTS + 1; stop++) {
            int times = stop;
            Http now = http;
            Eventually.until(
                    "its script runs for the " + times + ". time", PATIENCE, () -> begun(now, endless) == times);
            controller.interrupt();
            controller.await();
            http = start();
        }
        Http last = http;
        Eventually.until(
                "its script runs once more",
                PATIENCE,
                () -> begun(last, endless) == SUSPECTS + 2
                        && last.get("/promises/" + endless)
                                .json()
                                .path("state")
                                .asText()
                                .equals("RUNNING"));
    }
}
