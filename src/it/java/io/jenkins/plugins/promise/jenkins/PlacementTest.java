package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.cli.CLICommandInvoker;
import hudson.model.AbstractProject;
import hudson.model.BuildAuthorizationToken;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import java.lang.reflect.Field;
import java.net.http.HttpResponse;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Inputs of type node and label say where a worker runs, however it is asked for; a Pipeline stays where it is. */
public final class PlacementTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    @Before
    public void agents() throws Exception {
        // Builds that are asked for in Jenkins wait for five seconds otherwise.
        jenkins.jenkins.setQuietPeriod(0);
        jenkins.jenkins.setNumExecutors(0);
        jenkins.waitOnline(jenkins.createSlave("one", "linux small", null));
        jenkins.waitOnline(jenkins.createSlave("two", "linux large", null));
        for (String name : List.of("may", "must")) {
            fixture.worker(
                    name,
                    "printf '{\"reason\": \"on %s\"}' \"$NODE_NAME\" > report.json",
                    PromiseFixture.input("WHERE", "node", name.equals("must")),
                    PromiseFixture.input("KIND", "label", false));
        }
    }

    private String told(Run<?, ?> run) throws Exception {
        String id = run.getAction(BuildPromiseAction.class).getPromise();
        return fixture.settled(id, fixture.user("admin")).path("reason").asText();
    }

    private String lastOf(String job) throws Exception {
        jenkins.waitUntilNoActivity();
        return told(jenkins.jenkins.getItemByFullName(job, PromiseWorker.class).getLastBuild());
    }

    private String submitted(String job, String form) throws Exception {
        HttpResponse<String> answer = fixture.post("promises/submit/" + job, form, fixture.user("admin"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String id = Json.mapper().readTree(answer.body()).path("id").asText();
        return fixture.settled(id, fixture.user("admin")).path("reason").asText();
    }

    @Test
    public void ofTheSubmitUrl() throws Exception {
        for (String agent : List.of("one", "two")) {
            assertThat(submitted("may", "WHERE=" + agent)).isEqualTo("on " + agent);
            assertThat(submitted("must", "WHERE=" + agent)).isEqualTo("on " + agent);
        }
        assertThat(submitted("may", "KIND=large")).isEqualTo("on two");
        assertThat(submitted("may", "KIND=linux%20%26%26%20!large")).isEqualTo("on one");
        assertThat(submitted("may", "WHERE=one&KIND=large"))
                .as("a node is more")
                .isEqualTo("on one");
    }

    @Test
    public void ofBuildWithParameters() throws Exception {
        for (String agent : List.of("two", "one")) {
            for (String job : List.of("may", "must")) {
                assertThat(fixture.post("job/" + job + "/buildWithParameters", "WHERE=" + agent, fixture.user("admin"))
                                .statusCode())
                        .isEqualTo(201);
                assertThat(lastOf(job)).isEqualTo("on " + agent);
            }
        }
        fixture.post("job/may/buildWithParameters", "KIND=large", fixture.user("admin"));
        assertThat(lastOf("may")).isEqualTo("on two");
    }

    @Test
    public void ofTheCommandLine() throws Exception {
        for (String agent : List.of("two", "one")) {
            for (String job : List.of("may", "must")) {
                CLICommandInvoker.Result done =
                        new CLICommandInvoker(jenkins, "build").invokeWithArgs(job, "-s", "-p", "WHERE=" + agent);
                assertThat(done.returnCode()).as(done.stderr()).isZero();
                assertThat(lastOf(job)).isEqualTo("on " + agent);
            }
        }
    }

    @Test
    public void ofTheBuildStep() throws Exception {
        WorkflowJob plain = jenkins.createProject(WorkflowJob.class, "plain");
        for (String agent : List.of("two", "one")) {
            for (String job : List.of("may", "must")) {
                plain.setDefinition(new CpsFlowDefinition(
                        "build job: '" + job + "', parameters: [string(name: 'WHERE', value: '" + agent + "')]", true));
                jenkins.buildAndAssertSuccess(plain);
                assertThat(lastOf(job)).isEqualTo("on " + agent);
            }
        }
        plain.setDefinition(
                new CpsFlowDefinition("build job: 'may', parameters: [string(name: 'KIND', value: 'large')]", true));
        jenkins.buildAndAssertSuccess(plain);
        assertThat(lastOf("may")).isEqualTo("on two");
    }

    @Test
    public void ofBuildTokenRoot() throws Exception {
        Field token = AbstractProject.class.getDeclaredField("authToken");
        token.setAccessible(true);
        for (String job : List.of("may", "must")) {
            token.set(jenkins.jenkins.getItemByFullName(job, PromiseWorker.class), new BuildAuthorizationToken("t"));
        }
        for (String agent : List.of("two", "one")) {
            for (String job : List.of("may", "must")) {
                assertThat(fixture.post("buildByToken/buildWithParameters", "job=" + job + "&token=t&WHERE=" + agent)
                                .statusCode())
                        .isEqualTo(201);
                assertThat(lastOf(job)).isEqualTo("on " + agent);
            }
        }
        fixture.post("buildByToken/buildWithParameters", "job=may&token=t&KIND=large");
        assertThat(lastOf("may")).isEqualTo("on two");
    }

    @Test
    public void ofAnOrchestrationByItsInputsAndByItsCall() throws Exception {
        fixture.orchestration(
                "calls",
                "def r = phase('all') {\n"
                        + "  worker job: 'may', as: 'a', inputs: [WHERE: 'two']\n"
                        + "  worker job: 'may', as: 'b', inputs: [KIND: 'small']\n"
                        + "  worker job: 'may', as: 'c', node: 'two'\n"
                        + "  worker job: 'may', as: 'd', label: 'small'\n"
                        + "  worker job: 'must', as: 'e', inputs: [WHERE: 'one'], node: 'two'\n"
                        + "}\n"
                        + "report reason: 'abcde'.collect { r[it].reason }.join(' ')");
        JsonNode settled = fixture.settled(fixture.submit("calls", ""));
        assertThat(settled.path("reason").asText()).isEqualTo("on two on one on two on one on two");
    }

    @Test
    public void aPipelineStaysWhereItIsAndCanOnlyPassThemOn() throws Exception {
        fixture.orchestration(
                "passes",
                "report reason: worker(job: 'may', inputs: [WHERE: inputs.WHERE]).reason",
                PromiseFixture.input("WHERE", "node", true),
                PromiseFixture.input("KIND", "label", false));
        assertThat(fixture.settled(fixture.submit("passes", "WHERE=two&KIND=nowhere"))
                        .path("reason")
                        .asText())
                .isEqualTo("on two");
        assertThat(fixture.post("job/passes/buildWithParameters", "WHERE=one&KIND=nowhere", fixture.user("admin"))
                        .statusCode())
                .isEqualTo(201);
        jenkins.waitUntilNoActivity();
        WorkflowJob passes = jenkins.jenkins.getItemByFullName("passes", WorkflowJob.class);
        assertThat(told(passes.getLastBuild())).isEqualTo("on one");

        WorkflowJob wrong = fixture.orchestration("wrong", "worker job: 'passes', inputs: [WHERE: 'one'], node: 'two'");
        jenkins.assertLogContains(
                "passes is an orchestration, which runs on none", jenkins.buildAndAssertStatus(Result.FAILURE, wrong));
    }
}
