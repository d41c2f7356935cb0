package io.jenkins.plugins.promise.local.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Scripts that do not come to a step: they lose their promises, and the others go on. */
public class EndlessScriptTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ENDLESS = 6;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;
    private LocalController controller;
    private Http http;

    @Before
    public void prepare() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath());
        suite.worker("w", "true");
        suite.orchestration("ordinary", "worker job: 'w'\nsleep 0\nreport reason: 'done'");
    }

    @After
    public void stop() {
        if (controller != null) {
            controller.close();
        }
    }

    private void start(Duration limit) throws IOException {
        controller =
                new Controllers(folder.newFolder().toPath()).scriptLimit(limit).start(suite);
        http = new Http(controller.url());
    }

    private String submit(String job) throws Exception {
        Http.Answer answer = http.form("/promises/submit/" + job, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private String reason(String id) throws Exception {
        http.settled(id, PATIENCE);
        return http.get("/promises/" + id + "/report").json().path("reason").asText();
    }

    private void sixOf(String job, String reason) throws Exception {
        List<String> endless = new ArrayList<>();
        for (int i = 0; i < ENDLESS; i++) {
            endless.add(submit(job));
        }
        assertThat(reason(submit("ordinary"))).isEqualTo("done");
        for (String id : endless) {
            assertThat(reason(id)).startsWith(reason);
        }
        assertThat(reason(submit("ordinary"))).isEqualTo("done");
    }

    @Test
    public void sixEndlessLoopsDoNotStopTheOthers() throws Exception {
        suite.orchestration("endless", "@NonCPS\ndef spin() {\n  while (true) { }\n}\nspin()");
        start(Duration.ofSeconds(1));

        sixOf("endless", "jobs/endless/run.groovy line 3: the script ran for 1 s without coming to a step");
    }

    @Test
    public void sixLoopsOfTransformedCodeDoNotStopTheOthers() throws Exception {
        suite.orchestration("endless", "def n = 0\nwhile (true) {\n  n++\n}");
        start(Duration.ofSeconds(1));

        sixOf("endless", "jobs/endless/run.groovy line 2: the script ran for 1 s without coming to a step");
    }

    @Test
    public void sixScriptsThatNothingCanEndForAWhileDoNotStopTheOthers() throws Exception {
        suite.orchestration("stuck", "@NonCPS\ndef stuck() {\n  (1..60_000_000).sum()\n}\nstuck()");
        start(Duration.ofSeconds(1));

        sixOf("stuck", "jobs/stuck/run.groovy line 3: the script ran for 1 s without coming to a step");
    }

    @Test
    public void aDeadlineEndsLoopsLongBeforeTheirTimeIsUp() throws Exception {
        suite.orchestration("endless", "@NonCPS\ndef spin() {\n  while (true) { }\n}\nspin()", "deadline: 1s");
        start(Duration.ofMinutes(1));

        sixOf("endless", "the deadline of 1 s passed while it was");
    }
}
