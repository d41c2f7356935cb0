package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Label;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.PromiseWorkerBuild;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** Agents whose processes are killed under the workers that they run. */
public final class LostAgentTest {
    /** The shell's parent is the agent. */
    private static final String KILL_THE_AGENT = "kill -9 $PPID; sleep 60";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    private PromiseWorker worker(String script, int agents) throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        PromiseWorker worker = fixture.worker("risky", script);
        worker.setAssignedLabel(Label.get("farm"));
        for (int i = 0; i < agents; i++) {
            jenkins.createOnlineSlave(Label.get("farm"));
        }
        return worker;
    }

    private JsonNode settled() throws Exception {
        HttpResponse<String> answer = fixture.post("promises/submit/risky", "", fixture.user("admin"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String id = Json.mapper().readTree(answer.body()).path("id").asText();
        return fixture.settled(id, fixture.user("admin"));
    }

    private static List<String> agents(PromiseWorker worker) throws IOException {
        return worker.getBuilds().stream()
                .map(PromiseWorkerBuild::getBuiltOnStr)
                .toList();
    }

    @Test
    public void workerWhoseAgentIsLostRunsAgainOnAnotherOne() throws Exception {
        Path mark = folder.getRoot().toPath().resolve("began");
        PromiseWorker worker = worker(
                "if mkdir '" + mark + "'; then " + KILL_THE_AGENT + "; fi\n"
                        + "echo '{\"reason\": \"done on '$NODE_NAME'\"}' > report.json",
                2);

        JsonNode promise = settled();

        List<String> agents = agents(worker);
        assertThat(agents).hasSize(2).doesNotHaveDuplicates();
        assertThat(promise.path("state").asText()).isEqualTo("FULFILLED");
        assertThat(PromiseFixture.reason(promise.path("id").asText())).isEqualTo("done on " + agents.get(0));
    }

    @Test
    public void workerThatLosesEachOfItsAgentsIsGivenUpAfterItsAttemptsAndNamesTheAgent() throws Exception {
        PromiseWorker worker = worker(KILL_THE_AGENT, 4);

        JsonNode promise = settled();

        List<String> agents = agents(worker);
        assertThat(agents).hasSize(3).doesNotHaveDuplicates();
        assertThat(promise.path("state").asText()).isEqualTo("REJECTED");
        assertThat(PromiseFixture.reason(promise.path("id").asText()))
                .contains("it was started 3 times", "its agent " + agents.get(0), "the job allows 3 attempts");
    }

    @Test
    public void workerThatFailsOnAnAgentThatLivesIsNotRepeated() throws Exception {
        PromiseWorker worker = worker("exit 3", 2);

        JsonNode promise = settled();

        assertThat(agents(worker)).hasSize(1);
        assertThat(PromiseFixture.reason(promise.path("id").asText())).contains("exit code 3");
    }
}
