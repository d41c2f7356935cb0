package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.build.PromiseCause;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Who submitted a promise: kept with it, shown, and told to Jenkins as the cause of its builds. */
public final class SubmitterTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    @Before
    public void secure() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("ann"));
        fixture.worker("work", "true");
        fixture.orchestration("quote", "phase('one') { worker job: 'work' }");
    }

    private JsonNode told(String id) throws Exception {
        return Json.mapper()
                .readTree(fixture.get("promises/" + id, fixture.user("admin")).body())
                .path("submitter");
    }

    private static Run<?, ?> build(String job) {
        return Jenkins.get().getItemByFullName(job, Job.class).getLastBuild();
    }

    @Test
    public void aUserIsKeptShownAndTheCauseOfTheBuildAndOfWhatItCalls() throws Exception {
        String id = Json.mapper()
                .readTree(fixture.post("promises/submit/quote", "", fixture.user("ann"))
                        .body())
                .path("id")
                .asText();
        fixture.settled(id, fixture.user("admin"));
        jenkins.waitUntilNoActivity();
        assertThat(told(id).toString()).isEqualTo("{\"kind\":\"user\",\"name\":\"ann\"}");
        assertThat(build("quote").getCause(Cause.UserIdCause.class).getUserId()).isEqualTo("ann");

        Run<?, ?> worker = build("work");
        String called = worker.getAction(BuildPromiseAction.class).getPromise();
        assertThat(told(called).toString()).isEqualTo("{\"kind\":\"upstream\",\"name\":\"" + id + "\"}");
        Cause.UpstreamCause upstream = worker.getCause(Cause.UpstreamCause.class);
        assertThat(upstream.getUpstreamRun()).isEqualTo(build("quote"));
        assertThat(upstream.getUpstreamCauses()).hasAtLeastOneElementOfType(Cause.UserIdCause.class);
        assertThat(worker.getCause(PromiseCause.class).getParent()).isEqualTo(id);

        JenkinsRule.WebClient browser = jenkins.createWebClient().login("admin");
        assertThat(browser.goTo("promises/" + id).asNormalizedText()).containsPattern("Submitted by\\s+ann");
        assertThat(browser.goTo("promises/").asNormalizedText()).contains("ann");
        assertThat(fixture.get("promises/?state=all", fixture.user("admin")).body())
                .contains("\"submitter\":{\"kind\":\"user\",\"name\":\"ann\"}");
    }

    @Test
    public void aTokenIsKeptWithTheAddressItCameFrom() throws Exception {
        String id = fixture.submit("quote", "");
        fixture.settled(id);
        assertThat(told(id).toString()).isEqualTo("{\"kind\":\"token\",\"name\":\"127.0.0.1\"}");
        assertThat(build("quote").getCause(Cause.RemoteCause.class).getAddr()).isEqualTo("127.0.0.1");
        jenkins.waitUntilNoActivity();
    }

    @Test
    public void whoeverAsksJenkinsForTheBuildIsKept() throws Exception {
        assertThat(submitter(new CauseAction(new TimerTrigger.TimerTriggerCause())))
                .isEqualTo("{\"kind\":\"timer\"}");
        assertThat(submitter(new CauseAction(new Cause.UserIdCause("ann"))))
                .isEqualTo("{\"kind\":\"user\",\"name\":\"ann\"}");
        assertThat(submitter(new CauseAction(new Cause.UserIdCause(null))))
                .isEqualTo("{\"kind\":\"user\",\"name\":\"anonymous\"}");
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "other");
        other.setDefinition(new CpsFlowDefinition("echo 'hello'", true));
        WorkflowRun upstream = jenkins.buildAndAssertSuccess(other);
        assertThat(submitter(new CauseAction(new Cause.UpstreamCause(upstream))))
                .isEqualTo("{\"kind\":\"upstream\",\"name\":\"other#1\"}");
        assertThat(submitter(new CauseAction(new SCMTrigger.SCMTriggerCause(""))))
                .isEqualTo("{\"kind\":\"unknown\",\"name\":\"Started by an SCM change\"}");
    }

    private String submitter(CauseAction cause) throws Exception {
        PromiseWorker work = jenkins.jenkins.getItemByFullName("work", PromiseWorker.class);
        Run<?, ?> run = work.scheduleBuild2(0, (Cause) null, cause).get();
        return told(run.getAction(BuildPromiseAction.class).getPromise()).toString();
    }
}
