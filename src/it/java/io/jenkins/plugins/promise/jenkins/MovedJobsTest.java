package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.WorkerScript;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseScript;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.testing.Eventually;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs that are renamed, and that are moved with their folder, while promises of them are open. */
public final class MovedJobsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    private Folder team;
    private Path gate;

    @Before
    public void setUp() throws Exception {
        jenkins.jenkins.setNumExecutors(4);
        team = jenkins.createProject(Folder.class, "team");
        gate = temporary.getRoot().toPath().resolve("gate");
    }

    private void orchestration(String name, String script) throws Exception {
        WorkflowJob job = team.createProject(WorkflowJob.class, name);
        job.setDefinition(new PromiseScript(script));
        PromiseContract contract = PromiseFixture.contract();
        contract.setToken(Secret.fromString(PromiseFixture.TOKEN));
        job.addProperty(contract);
    }

    private PromiseWorker worker(String name, String script) throws Exception {
        PromiseWorker job = team.createProject(PromiseWorker.class, name);
        job.removeProperty(PromiseContract.class);
        PromiseContract contract = PromiseFixture.contract();
        contract.setToken(Secret.fromString(PromiseFixture.TOKEN));
        job.addProperty(contract);
        job.getBuildersList().replace(new WorkerScript(script));
        return job;
    }

    private String untilTheGateOpens() {
        return "while [ ! -e '" + gate + "' ]; do sleep 0.2; done";
    }

    private void moveTeamTo(String name) throws Exception {
        jenkins.createProject(Folder.class, name);
        assertThat(fixture.post("job/team/move/move", "destination=/" + name, fixture.user("admin"))
                        .statusCode())
                .isLessThan(400);
        assertThat(jenkins.jenkins.getItemByFullName(name + "/team")).isNotNull();
    }

    private void rename(String path, String then) throws Exception {
        assertThat(fixture.post(path + "/confirmRename", "newName=" + then, fixture.user("admin"))
                        .statusCode())
                .isLessThan(400);
    }

    private void waitFor(int builds, PromiseWorker of) throws Exception {
        Eventually.until(
                builds + " workers run",
                PATIENCE,
                () -> of.getBuilds().stream().filter(Run::isBuilding).count() == builds);
    }

    private List<String> listed(String query) throws Exception {
        List<String> ids = new ArrayList<>();
        Json.mapper()
                .readTree(fixture.get("promises/?state=all&" + query, fixture.user("admin"))
                        .body())
                .path("promises")
                .forEach(line -> ids.add(line.path("id").asText()));
        return ids;
    }

    @Test
    public void whatRunsInAFolderThatIsMovedSettlesIsFoundAndCanBeCancelled() throws Exception {
        orchestration("quote", "phase('one') { worker job: 'work' }");
        PromiseWorker work = worker("work", untilTheGateOpens());
        String first = fixture.submit("team/quote", "");
        waitFor(1, work);
        String second = fixture.submit("team/quote", "");
        waitFor(2, work);

        moveTeamTo("crew");

        JsonNode promise = fixture.promise(first);
        assertThat(promise.path("job").asText()).isEqualTo("crew/team/quote");
        assertThat(promise.path("links").path("build").asText()).endsWith("job/crew/job/team/job/quote/1/");
        assertThat(listed("job=crew/team/quote")).containsExactly(second, first);
        assertThat(listed("job=team/quote")).isEmpty();
        assertThat(listed("q=crew")).containsExactly(second, first);
        assertThat(jenkins.createWebClient()
                        .goTo("job/crew/job/team/job/quote/promises/")
                        .getWebResponse()
                        .getContentAsString())
                .contains("promises/" + first, "promises/" + second);

        HttpResponse<String> cancelled = fixture.post("promises/" + second + "/cancel", "", fixture.user("admin"));
        assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
        waitFor(1, work);
        Files.createFile(gate);
        assertThat(fixture.settled(first).path("state").asText()).isEqualTo("FULFILLED");
        jenkins.waitUntilNoActivity();
        assertThat(work.getBuildByNumber(2).getResult()).isEqualTo(Result.ABORTED);
        JsonNode report = Json.mapper()
                .readTree(fixture.get("promises/" + first + "/report", PromiseFixture.token())
                        .body());
        assertThat(report.path("promise").path("job").asText()).isEqualTo("crew/team/quote");
    }

    @Test
    public void workerThatIsCalledAgainIsTheOneThatWasCalledWhateverItIsNamedByThen() throws Exception {
        orchestration("quote", "phase('one') { worker job: 'work', retries: 1 }");
        Path mark = temporary.getRoot().toPath().resolve("began");
        PromiseWorker work = worker("work", "mkdir '" + mark + "' || exit 0\n" + untilTheGateOpens() + "\nexit 3");
        String id = fixture.submit("team/quote", "");
        waitFor(1, work);

        moveTeamTo("crew");
        Files.createFile(gate);

        JsonNode promise = fixture.settled(id);
        assertThat(promise.path("state").asText()).as(promise.toString()).isEqualTo("FULFILLED");
        assertThat(work.getBuilds()).hasSize(2);
        jenkins.waitUntilNoActivity();
    }

    @Test
    public void whatWaitsIsBuiltUnderTheNewNameAndTheKeyIsKnownThere() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        worker("work", "exit 0");
        String[] headers = {"Authorization", "Bearer " + PromiseFixture.TOKEN, "Idempotency-Key", "k"};
        JsonNode accepted = Json.mapper()
                .readTree(fixture.post("promises/submit/team/work", "", headers).body());
        String id = accepted.path("id").asText();

        rename("job/team/job/work", "toil");
        rename("job/team", "crew");
        worker("work", "exit 1");

        HttpResponse<String> again = fixture.post("promises/submit/crew/toil", "", headers);
        assertThat(again.headers().firstValue("Idempotent-Replay"))
                .as(again.body())
                .hasValue("true");
        assertThat(Json.mapper().readTree(again.body()).path("id").asText()).isEqualTo(id);
        assertThat(fixture.post("promises/submit/crew/work", "", headers)
                        .headers()
                        .firstValue("Idempotent-Replay"))
                .as("another job, and its own keys")
                .isEmpty();
        jenkins.jenkins.setNumExecutors(2);
        assertThat(fixture.settled(id).path("state").asText()).isEqualTo("FULFILLED");
        jenkins.waitUntilNoActivity();
        Job<?, ?> toil = jenkins.jenkins.getItemByFullName("crew/toil", Job.class);
        assertThat(toil.getBuilds()).hasSize(1);
        assertThat(fixture.promise(id).path("links").path("build").asText()).endsWith("job/crew/job/toil/1/");
        assertThat(listed("job=crew/toil")).containsExactly(id);
        assertThat(listed("job=crew/work")).hasSize(1).doesNotContain(id);
    }
}
