package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.util.Secret;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import java.io.StringReader;
import java.net.http.HttpResponse;
import javax.xml.transform.stream.StreamSource;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs as people have them: parameterized twice, with a contract that cannot be read, named oddly, deleted with their folder. */
public final class JobsThatLiveTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    private PromiseWorker greet() throws Exception {
        PromiseWorker greet = fixture.worker(
                "greet",
                "printf '{\"reason\": \"hello %s\"}' \"$NAME\" > report.json",
                PromiseFixture.input("NAME", "string", true));
        greet.getProperty(PromiseContract.class).setToken(Secret.fromString(PromiseFixture.TOKEN));
        greet.save();
        return greet;
    }

    private HttpResponse<String> built() throws Exception {
        return fixture.post("job/greet/buildWithParameters", "NAME=ann", fixture.user("admin"));
    }

    private String reasonOf(String job, String form) throws Exception {
        return fixture.settled(fixture.submit(job, form)).path("reason").asText();
    }

    @Test
    public void jobThatIsParameterizedBesideItsContractIsBuiltByNobodyAndSaysWhy() throws Exception {
        PromiseWorker greet = greet();
        fixture.orchestration("calls", "worker job: 'greet', inputs: [NAME: 'ann']");
        ParametersDefinitionProperty other = new ParametersDefinitionProperty(new StringParameterDefinition("OTHER"));
        greet.addProperty(other);

        HttpResponse<String> submitted = fixture.post("promises/submit/greet", "NAME=ann", PromiseFixture.token());
        assertThat(submitted.statusCode()).isEqualTo(409);
        assertThat(submitted.body()).contains("parameterized beside its contract");
        assertThat(built().body()).contains("parameterized beside its contract");
        assertThat(reasonOf("calls", "")).contains("parameterized beside its contract");
        assertThat(greet.getBuilds()).isEmpty();

        greet.removeProperty(other);
        assertThat(reasonOf("greet", "NAME=ann")).isEqualTo("hello ann");
    }

    @Test
    public void jobWhoseContractCannotBeReadIsClosedAndKeepsIt() throws Exception {
        PromiseWorker greet = greet();
        String fine = greet.getConfigFile().asString();
        String odd = fine.replace("<type>string</type>", "<type>strange</type>");
        assertThat(odd).isNotEqualTo(fine);
        greet.updateByXml(new StreamSource(new StringReader(odd)));

        assertThat(built().body()).contains("cannot be read", "strange");
        HttpResponse<String> submitted = fixture.post("promises/submit/greet", "NAME=ann", PromiseFixture.token());
        assertThat(submitted.statusCode()).as(submitted.body()).isGreaterThanOrEqualTo(400);
        assertThat(greet.getBuilds()).isEmpty();
        assertThat(Queue.getInstance().isEmpty()).isTrue();
        for (String page : new String[] {"job/greet/", "promises/", "promises/jobs"}) {
            assertThat(fixture.get(page, fixture.user("admin")).statusCode())
                    .as(page)
                    .isEqualTo(200);
        }
        greet.save();
        assertThat(greet.getConfigFile().asString()).contains("<type>strange</type>", "NAME");

        greet.updateByXml(new StreamSource(new StringReader(fine)));
        assertThat(reasonOf("greet", "NAME=ann")).isEqualTo("hello ann");
    }

    @Test
    public void jobsWithSpacesInFoldersAreFoundByEveryUrl() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "my team");
        WorkflowJob job = team.createProject(WorkflowJob.class, "price it");
        job.setDefinition(new CpsFlowDefinition("echo 'priced'", true));
        PromiseContract contract = PromiseFixture.contract();
        contract.setToken(Secret.fromString(PromiseFixture.TOKEN));
        job.addProperty(contract);

        String id = fixture.submit("my%20team/price%20it", "");
        assertThat(fixture.settled(id).path("job").asText()).isEqualTo("my team/price it");
        for (String url : new String[] {
            "promises/jobs/my%20team/price%20it",
            "promises/versions/my%20team/price%20it",
            "job/my%20team/job/price%20it/promises/",
            "promises/" + id
        }) {
            assertThat(fixture.get(url, fixture.user("admin")).statusCode())
                    .as(url)
                    .isIn(200, 302);
        }
        HttpResponse<String> listed =
                fixture.get("promises?state=settled&called=true&job=my+team%2Fprice+it", fixture.user("admin"));
        assertThat(Json.mapper().readTree(listed.body()).path("promises")).hasSize(1);
    }

    @Test
    public void promisesOfAFolderThatIsDeletedSettle() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        Folder team = jenkins.createProject(Folder.class, "team");
        PromiseWorker waits = team.createProject(PromiseWorker.class, "waits");
        waits.removeProperty(PromiseContract.class);
        PromiseContract contract = PromiseFixture.contract();
        contract.setToken(Secret.fromString(PromiseFixture.TOKEN));
        waits.addProperty(contract);
        String id = fixture.submit("team/waits", "");

        team.delete();

        assertThat(fixture.settled(id, fixture.user("admin")).path("state").asText())
                .isEqualTo("REJECTED");
        // Jenkins takes what waits out of its queue before it deletes anything.
        assertThat(PromiseFixture.reason(id)).containsAnyOf("cancelled in Jenkins' queue", "team/waits was deleted");
        assertThat(Queue.getInstance().isEmpty()).isTrue();
    }

    @Test
    public void pipelineThatIsRestartedFromAStageIsAnotherPromise() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "staged");
        job.setDefinition(new CpsFlowDefinition(
                "pipeline { agent any\n stages { stage('one') { steps { echo 'first' } }\n"
                        + " stage('two') { steps { echo 'second' } } } }",
                true));
        PromiseContract contract = PromiseFixture.contract(PromiseFixture.input("NAME", "string", false));
        contract.setToken(Secret.fromString(PromiseFixture.TOKEN));
        job.addProperty(contract);
        String first = fixture.submit("staged", "");
        fixture.settled(first);
        jenkins.waitUntilNoActivity();

        var unused = job.getLastBuild()
                .getAction(RestartDeclarativePipelineAction.class)
                .run("two");
        jenkins.waitUntilNoActivity();

        Run<?, ?> again = job.getLastBuild();
        assertThat(again.getNumber()).isEqualTo(2);
        String second = again.getAction(BuildPromiseAction.class).getPromise();
        assertThat(second).isNotEqualTo(first);
        assertThat(fixture.settled(second).path("state").asText()).isEqualTo("FULFILLED");
        jenkins.assertLogContains("second", again);
        jenkins.assertLogNotContains("first", again);
    }
}
