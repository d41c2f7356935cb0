package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Label;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.model.User;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.build.PromiseCause;
import io.jenkins.plugins.promise.jenkins.build.PromiseWorkerBuild;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseScript;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.jenkins.steps.PhaseStep;
import io.jenkins.plugins.promise.jenkins.steps.ReportStep;
import io.jenkins.plugins.promise.jenkins.steps.WorkerStep;
import io.jenkins.plugins.promise.testing.Eventually;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** The steps, on a real Jenkins. */
public final class PhaseTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    @Before
    public void workers() throws Exception {
        jenkins.jenkins.setNumExecutors(4);
        fixture.worker(
                "good",
                "printf '{\"data\": {\"said\": \"%s\", \"where\": \"%s\"}}' \"$TEXT\" \"$NODE_NAME\" > report.json",
                PromiseFixture.input("TEXT", "string", false));
        fixture.worker("bad", "echo '{\"status\": \"FAILURE\", \"reason\": \"no luck\"}' > report.json");
        fixture.worker("slow", "sleep 300");
        fixture.worker("fails", "exit 7");
    }

    private JsonNode run(String script) throws Exception {
        fixture.orchestration("orchestration", script);
        JsonNode settled = fixture.settled(fixture.submit("orchestration", ""));
        jenkins.waitUntilNoActivity();
        return settled;
    }

    private JsonNode report(JsonNode promise) throws Exception {
        return Json.mapper()
                .readTree(fixture.get("promises/" + promise.path("id").asText() + "/report", PromiseFixture.token())
                        .body());
    }

    private WorkflowRun build() {
        return jenkins.jenkins
                .getItemByFullName("orchestration", WorkflowJob.class)
                .getLastBuild();
    }

    @Test
    public void phasesRunTheirWorkersAndReturnPlainMaps() throws Exception {
        JsonNode settled = run("def one = phase('first') { worker job: 'good', inputs: [TEXT: 'a']\n"
                + " worker job: 'good', inputs: [TEXT: 'b'], as: 'other' }\n"
                + "def two = phase('second') { worker job: 'good', inputs: [TEXT: one.other.data.said + 'c'] }\n"
                + "report data: [said: two.good.data.said, status: two.good.status, keys: one.keySet().sort()]");
        assertThat(settled.path("state").asText()).isEqualTo("FULFILLED");
        assertThat(settled.path("reason").asText()).isEqualTo("3 workers in 2 phases");
        JsonNode data = report(settled).path("data");
        assertThat(data.path("said").asText()).isEqualTo("bc");
        assertThat(data.path("status").asText()).isEqualTo("SUCCESS");
        assertThat(data.path("keys").toString()).isEqualTo("[\"good\",\"other\"]");
        assertThat(settled.path("phases")).hasSize(2);
    }

    @Test
    public void scriptThatDoesNotCompileSettlesWithItsLineAndIsNotBuiltAgain() throws Exception {
        JsonNode settled = run("def a = 1\nphase('one') {\n");
        assertThat(settled.path("state").asText()).isEqualTo("REJECTED");
        assertThat(settled.path("reason").asText()).startsWith("line 3: unexpected token");
        assertThat(build().getNumber()).isEqualTo(1);
    }

    @Test
    public void replayRunsTheScriptThatWasEditedForIt() throws Exception {
        assertThat(run("report reason: 'as written'").path("reason").asText()).isEqualTo("as written");
        var again = build().getAction(ReplayAction.class).run("report reason: 'as edited'", Map.of());
        WorkflowRun replayed = (WorkflowRun) again.get(60, TimeUnit.SECONDS);
        String promise = replayed.getAction(BuildPromiseAction.class).getPromise();
        fixture.settled(promise);
        assertThat(PromiseFixture.reason(promise)).isEqualTo("as edited");
    }

    @Test
    public void phaseIsAStageAndLinksToItsWorkersAndBack() throws Exception {
        JsonNode settled = run("phase('inspect') { worker job: 'good' }");
        List<FlowNode> stages = new DepthFirstScanner()
                .filteredNodes(build().getExecution(), n -> n.getAction(LabelAction.class) != null);
        assertThat(stages).extracting(FlowNode::getDisplayName).contains("inspect");
        String worker = settled.path("phases")
                .path(0)
                .path("workers")
                .path(0)
                .path("promise")
                .asText();
        assertThat(jenkins.createWebClient().getPage(build(), "console").asXml())
                .contains("/promises/" + worker);
        PromiseWorkerBuild called =
                jenkins.jenkins.getItemByFullName("good", PromiseWorker.class).getLastBuild();
        assertThat(called.getCause(PromiseCause.class).getParent())
                .isEqualTo(settled.path("id").asText());
    }

    @Test
    public void failedWorkerFailsThePhaseAfterTheOthersWithAReasonThatNamesIt() throws Exception {
        JsonNode settled = run("phase('work') { worker job: 'bad'\n worker job: 'good' }");
        assertThat(settled.path("state").asText()).isEqualTo("REJECTED");
        assertThat(settled.path("reason").asText()).contains("phase 'work': worker 'bad' failed: no luck");
        assertThat(settled.path("phases")
                        .path(0)
                        .path("workers")
                        .path(1)
                        .path("status")
                        .asText())
                .isEqualTo("SUCCESS");
        jenkins.assertBuildStatus(Result.FAILURE, build());
    }

    @Test
    public void optionalPropagateRetriesAndFailFast() throws Exception {
        JsonNode settled = run("def a = phase('one') { worker job: 'bad', optional: true }\n"
                + "def b = phase(propagate: false, 'two') { worker job: 'bad', retries: 1 }\n"
                + "def c = phase(name: 'three', failFast: true, propagate: false) { worker job: 'bad'\n worker job: 'slow' }\n"
                + "report data: [a: a.bad.status, b: b.bad.status, c: c.slow.reason]");
        assertThat(settled.path("state").asText()).as(settled.toString()).isEqualTo("FULFILLED");
        JsonNode data = report(settled).path("data");
        assertThat(data.path("a").asText()).isEqualTo("FAILURE");
        assertThat(data.path("c").asText()).contains("worker 'bad' failed");
        assertThat(jenkins.jenkins.getItemByFullName("bad", PromiseWorker.class).getBuilds())
                .as("one, two tries in two, and three")
                .hasSize(4);
    }

    @Test
    public void workerOutsideAPhaseIsAPhaseOfOne() throws Exception {
        JsonNode settled = run("def r = worker(job: 'good', inputs: [TEXT: 'x'])\nreport data: [said: r.data.said]");
        assertThat(report(settled).path("data").path("said").asText()).isEqualTo("x");
    }

    @Test
    public void worksInDeclarativePipeline() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "declarative");
        job.setDefinition(new CpsFlowDefinition(
                "pipeline { agent none\n stages { stage('all') { steps { phase('work') { worker job: 'good' }\n"
                        + " report reason: 'declared' } } } }",
                true));
        job.addProperty(PromiseFixture.contract());
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        String id = run.getAction(BuildPromiseAction.class).getPromise();
        assertThat(PromiseFixture.reason(id)).isEqualTo("declared");
    }

    private PromiseWorker runningSlowly() throws Exception {
        PromiseWorker slow = jenkins.jenkins.getItemByFullName("slow", PromiseWorker.class);
        Eventually.until(
                "the worker runs",
                Duration.ofSeconds(60),
                () -> slow.getLastBuild() != null && slow.getLastBuild().isBuilding());
        return slow;
    }

    @Test
    public void holdsNoExecutorAndAbortReachesTheWorkers() throws Exception {
        fixture.orchestration("orchestration", "phase('work') { worker job: 'slow' }");
        String id = fixture.submit("orchestration", "");
        PromiseWorker slow = runningSlowly();
        assertThat(jenkins.jenkins.toComputer().countBusy())
                .as("the worker alone")
                .isEqualTo(1);
        build().doStop();
        assertThat(fixture.settled(id).path("reason").asText()).contains("ended with aborted");
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatus(Result.ABORTED, slow.getLastBuild());
    }

    @Test
    public void cancelStopsTheBuilds() throws Exception {
        fixture.orchestration("orchestration", "phase('work') { worker job: 'slow' }");
        String id = fixture.submit("orchestration", "");
        PromiseWorker slow = runningSlowly();
        assertThat(fixture.post("promises/" + id + "/cancel", "", PromiseFixture.token())
                        .statusCode())
                .isEqualTo(200);
        assertThat(fixture.settled(id).path("state").asText()).isEqualTo("REJECTED");
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatus(Result.ABORTED, build());
        jenkins.assertBuildStatus(Result.ABORTED, slow.getLastBuild());
    }

    @Test
    public void deadlineSettlesAndStopsTheBuild() throws Exception {
        PromiseWorker slow = jenkins.jenkins.getItemByFullName("slow", PromiseWorker.class);
        PromiseContract contract = PromiseFixture.contract();
        contract.setDeadline("2s");
        slow.removeProperty(PromiseContract.class);
        slow.addProperty(contract);
        JsonNode settled = run("phase('work') { worker job: 'slow' }");
        assertThat(settled.path("reason").asText()).contains("worker 'slow' failed: the deadline of 2 s passed");
        jenkins.assertBuildStatus(Result.ABORTED, slow.getLastBuild());
    }

    @Test
    public void workerWhoseAgentIsLostRunsAgainOnAnotherOneAndItsPhaseWaits() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave(Label.get("doomed"));
        fixture.orchestration("orchestration", "phase('work') { worker job: 'slow', label: 'doomed' }");
        String id = fixture.submit("orchestration", "");
        PromiseWorker slow = runningSlowly();
        jenkins.disconnectSlave(agent);
        DumbSlave other = jenkins.createOnlineSlave(Label.get("doomed"));
        // A build is there a moment before it knows where it runs.
        Eventually.until(
                "it runs again, on " + other.getNodeName(),
                Duration.ofSeconds(60),
                () -> slow.getBuilds().size() == 2
                        && other.getNodeName().equals(slow.getLastBuild().getBuiltOnStr()));
        assertThat(fixture.promise(id).has("settled")).isFalse();
        PromiseFixture.controller().promises().cancel(id, "ann");
        jenkins.waitUntilNoActivity();
    }

    @Test
    public void nodeAndLabelSayWhereAWorkerRuns() throws Exception {
        DumbSlave one = jenkins.createOnlineSlave(Label.get("fast"));
        JsonNode settled = run("def r = phase('work') { worker job: 'good', as: 'a', node: '" + one.getNodeName()
                + "'\n worker job: 'good', as: 'b', label: 'fast' }\n"
                + "report data: [a: r.a.data.where, b: r.b.data.where]");
        assertThat(report(settled).path("data").path("a").asText()).isEqualTo(one.getNodeName());
        assertThat(report(settled).path("data").path("b").asText()).isEqualTo(one.getNodeName());
    }

    @Test
    public void mistakesAreTold() throws Exception {
        assertThat(run("phase('a') { phase('b') { } }").path("reason").asText())
                .contains("the phase 'b' stands in another phase");
        assertThat(one("phase('a') { worker job: 'good'\n worker job: 'good' }"))
                .contains("two workers named 'good'");
        assertThat(one("phase('a') { worker job: 'goood' }")).contains("did you mean 'good'?");
        assertThat(one("phase('a') { worker job: 'fails' }")).contains("worker 'fails' failed: exit code 7");
        assertThat(one("echo inputs.NOPE")).contains("there is no input 'NOPE'");
        assertThat(one("report status: 'MAYBE'")).contains("must be 'SUCCESS' or 'FAILURE'");
    }

    private String one(String script) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("orchestration", WorkflowJob.class);
        job.setDefinition(new PromiseScript(script));
        return fixture.settled(fixture.submit("orchestration", ""))
                .path("reason")
                .asText();
    }

    @Test
    public void whoRunsTheOrchestrationMustBeAllowedToBuildTheWorkers() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("limited"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                "orchestration", User.getById("limited", true).impersonate2()));
        assertThat(run("phase('a') { worker job: 'good' }").path("reason").asText())
                .contains("limited is missing the permission Job/Build on good");
    }

    @Test
    public void snippetGeneratorWritesTheSteps() throws Exception {
        assertThat(snippet("{'stapler-class': '" + PhaseStep.class.getName()
                        + "', 'name': 'inspect', 'propagate': true," + " 'failFast': true}"))
                .contains("phase(failFast: true, name: 'inspect') {");
        assertThat(snippet("{'stapler-class': '" + WorkerStep.class.getName() + "', 'job': 'good', 'inputLines':"
                        + " 'TEXT=hello', 'retries': 2, 'as': '', 'node': '', 'label': '', 'optional': false}"))
                .contains("worker")
                .contains("inputs: [TEXT: 'hello']")
                .contains("job: 'good'")
                .contains("retries: 2");
        assertThat(snippet("{'stapler-class': '" + ReportStep.class.getName() + "', 'status': 'FAILURE', 'reason':"
                        + " 'no luck'}"))
                .contains("report reason: 'no luck', status: 'FAILURE'");
        assertThat(jenkins.createWebClient().goTo("pipeline-syntax/globals").asXml())
                .contains("The inputs of the promise")
                .contains("inside a stage of the same name");
    }

    private String snippet(String json) throws Exception {
        HttpResponse<String> answer = fixture.post(
                "pipeline-syntax/generateSnippet",
                "json=" + URLEncoder.encode(json.replace('\'', '"'), StandardCharsets.UTF_8),
                fixture.user("admin"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    public void rebuiltParametersAreAnotherPromise() throws Exception {
        fixture.orchestration(
                "orchestration", "report reason: inputs.TEXT", PromiseFixture.input("TEXT", "string", true));
        String id = fixture.submit("orchestration", "TEXT=a");
        fixture.settled(id);
        WorkflowJob job = jenkins.jenkins.getItemByFullName("orchestration", WorkflowJob.class);
        WorkflowRun again = job.scheduleBuild2(
                        0,
                        new CauseAction(new Cause.UserIdCause()),
                        new ParametersAction(new StringParameterValue("TEXT", "a")),
                        new BuildPromiseAction(id))
                .get();
        String other = again.getAction(BuildPromiseAction.class).getPromise();
        assertThat(other).isNotEqualTo(id);
        assertThat(fixture.settled(other).path("reason").asText()).isEqualTo("a");
    }
}
