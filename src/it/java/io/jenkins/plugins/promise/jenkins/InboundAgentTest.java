package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Label;
import hudson.model.Run;
import io.jenkins.plugins.promise.jenkins.build.PromiseWorkerBuild;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.testing.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.InboundAgentRule;
import org.jvnet.hudson.test.JenkinsRule;

/** Inbound agents, each a process that runs the agent.jar of this Jenkins, killed under a worker that an orchestration calls. */
public final class InboundAgentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The shell's parent is the agent. */
    private static final String KILL_THE_AGENT = "kill -9 $PPID; sleep 60";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final InboundAgentRule inbound = new InboundAgentRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    private PromiseWorker worker(String script, int agents) throws Exception {
        // Orchestrations run on the controller; workers on the farm only.
        jenkins.jenkins.setNumExecutors(1);
        PromiseWorker worker = fixture.worker("risky", script);
        worker.setAssignedLabel(Label.get("farm"));
        fixture.orchestration(
                "quote",
                "def r = phase('one') { worker job: 'risky', optional: true }\n"
                        + "report reason: r.risky.reason, status: r.risky.status");
        for (int i = 1; i <= agents; i++) {
            inbound.createAgent(
                    jenkins,
                    InboundAgentRule.Options.newBuilder()
                            .name("agent-" + i)
                            .label("farm")
                            .webSocket()
                            .javaOptions("-Xmx64m")
                            .build());
        }
        return worker;
    }

    private static List<String> agents(PromiseWorker worker) {
        return worker.getBuilds().stream()
                .map(PromiseWorkerBuild::getBuiltOnStr)
                .toList();
    }

    private JsonNode called(String orchestration) throws Exception {
        JsonNode worker = fixture.promise(orchestration)
                .path("phases")
                .path(0)
                .path("workers")
                .path(0);
        return fixture.promise(worker.path("promise").asText());
    }

    @Test
    public void workerRunsAgainOnAnotherOneAndItsPromiseKeepsHowOftenItWasStarted() throws Exception {
        Path mark = folder.getRoot().toPath().resolve("began");
        PromiseWorker worker = worker(
                "if mkdir '" + mark + "'; then " + KILL_THE_AGENT + "; fi\n"
                        + "echo '{\"reason\": \"done on '$NODE_NAME'\"}' > report.json",
                2);

        String id = fixture.submit("quote", "");
        JsonNode promise = fixture.settled(id);

        List<String> agents = agents(worker);
        assertThat(agents).as("the latest first").containsExactlyInAnyOrder("agent-1", "agent-2");
        assertThat(inbound.isAlive(agents.get(1))).isFalse();
        assertThat(promise.path("state").asText()).as(promise.toString()).isEqualTo("FULFILLED");
        assertThat(PromiseFixture.reason(id)).isEqualTo("done on " + agents.get(0));
        assertThat(called(id).path("starts").asInt()).isEqualTo(2);
    }

    @Test
    public void workerThatLosesEachOfItsAgentsSaysWhichAndHowOftenItWasStarted() throws Exception {
        PromiseWorker worker = worker(KILL_THE_AGENT, 3);

        String id = fixture.submit("quote", "");
        JsonNode promise = fixture.settled(id);

        assertThat(promise.path("state").asText()).isEqualTo("REJECTED");
        assertThat(agents(worker)).containsExactlyInAnyOrder("agent-1", "agent-2", "agent-3");
        assertThat(PromiseFixture.reason(id))
                .contains(
                        "it was started 3 times", "its agent " + agents(worker).get(0), "the job allows 3 attempts");
        assertThat(called(id).path("starts").asInt()).isEqualTo(3);
    }

    @Test
    public void whereNoAgentIsLeftThePromiseSaysWhatItWaitsForAndRunsOnWhenOneComes() throws Exception {
        Path mark = folder.getRoot().toPath().resolve("began");
        PromiseWorker worker = worker("mkdir '" + mark + "' || exit 0\n" + KILL_THE_AGENT, 1);

        String id = fixture.submit("quote", "");
        // In Jenkins' words while it stands in Jenkins' queue.
        Eventually.until(
                "it says that no agent is left",
                PATIENCE,
                () -> called(id).path("waitsFor").path("detail").asText().matches(".*(farm|agent-1).* offline.*"));
        assertThat(worker.getBuilds()).hasSize(1);
        inbound.start(
                jenkins,
                InboundAgentRule.Options.newBuilder()
                        .name("agent-1")
                        .webSocket()
                        .javaOptions("-Xmx64m")
                        .build());

        assertThat(fixture.settled(id).path("state").asText()).isEqualTo("FULFILLED");
        assertThat(worker.getBuilds()).hasSize(2).noneMatch(Run::isBuilding);
        assertThat(called(id).path("starts").asInt()).isEqualTo(2);
    }
}
