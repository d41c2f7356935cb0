package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Items;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A controller that goes down and comes up again. */
public final class RestartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private String id;

    @Test
    public void phaseGoesOnWhereItWasAndReports() throws Throwable {
        Path gate = folder.getRoot().toPath().resolve("gate");
        try (Receiver receiver = new Receiver()) {
            sessions.then(jenkins -> {
                PromiseFixture fixture = new PromiseFixture(jenkins);
                PromiseFixture.allowLoopback();
                PromiseConfiguration.get().save();
                fixture.worker("quick", "exit 0");
                fixture.worker("waits", "while [ ! -e " + gate + " ]; do sleep 0.2; done");
                fixture.orchestration(
                        "quote",
                        "phase('one') { worker job: 'quick'\n worker job: 'waits' }\nphase('two') { worker job: 'quick' }",
                        PromiseFixture.input("REPORT", "callback", true));
                id = fixture.submit("quote", "REPORT=" + receiver.url("/ok"));
                Eventually.until("one worker of two is done", PATIENCE, () -> done(fixture, "quick"));
            });
            Files.createFile(gate);
            sessions.then(jenkins -> {
                JsonNode settled = new PromiseFixture(jenkins).settled(id);
                assertThat(settled.path("state").asText())
                        .as(settled.toString())
                        .isEqualTo("FULFILLED");
                assertThat(settled.path("reason").asText()).isEqualTo("3 workers in 2 phases");
                receiver.await(1, PATIENCE);
                jenkins.waitUntilNoActivity();
                assertThat(jenkins.jenkins
                                .getItemByFullName("quick", PromiseWorker.class)
                                .getNextBuildNumber())
                        .as("what had reported is not repeated")
                        .isEqualTo(3);
            });
            assertThat(receiver.messages()).hasSize(1);
        }
    }

    @Test
    public void aPhaseThatWaitsForLongAfterARestartDoesNotStandStill() throws Throwable {
        Path gate = folder.getRoot().toPath().resolve("gate");
        sessions.then(jenkins -> {
            PromiseFixture fixture = new PromiseFixture(jenkins);
            fixture.worker("waits", "while [ ! -e " + gate + " ]; do sleep 0.2; done");
            fixture.orchestration("quote", "phase('one') { worker job: 'waits' }");
            id = fixture.submit("quote", "");
            Eventually.until("its phase waits", PATIENCE, () -> fixture.promise(id)
                    .path("phases")
                    .path(0)
                    .path("workers")
                    .path(0)
                    .has("promise"));
        });
        sessions.then(jenkins -> {
            PromiseFixture fixture = new PromiseFixture(jenkins);
            Eventually.until(
                    "its phase waits again",
                    PATIENCE,
                    () -> PromiseFixture.controller().dispatching()
                            && PromiseFixture.controller().phases().waits(id));
            // As housekeeping does, which takes no build for dead that was not so twice.
            PromiseFixture.controller().watch().look();
            PromiseFixture.controller().watch().look();
            Files.createFile(gate);
            assertThat(fixture.settled(id).path("reason").asText()).isEqualTo("1 worker in 1 phase");
            assertThat(jenkins.jenkins
                            .getItemByFullName("quote", WorkflowJob.class)
                            .getNextBuildNumber())
                    .as("it was built once")
                    .isEqualTo(2);
            jenkins.waitUntilNoActivity();
        });
    }

    @Test
    public void whatRanInAFolderThatWasMovedGoesOnAfterARestartThere() throws Throwable {
        Path gate = folder.getRoot().toPath().resolve("gate");
        sessions.then(jenkins -> {
            PromiseFixture fixture = new PromiseFixture(jenkins);
            Folder team = jenkins.createProject(Folder.class, "team");
            Folder crew = jenkins.createProject(Folder.class, "crew");
            Items.move(fixture.orchestration("quote", "phase('one') { worker job: 'waits' }"), team);
            PromiseWorker waits =
                    Items.move(fixture.worker("waits", "while [ ! -e " + gate + " ]; do sleep 0.2; done"), team);
            id = fixture.submit("team/quote", "");
            Eventually.until(
                    "its worker runs",
                    PATIENCE,
                    () -> waits.getLastBuild() != null && waits.getLastBuild().isBuilding());
            Items.move(team, crew);
        });
        Files.createFile(gate);
        sessions.then(jenkins -> {
            JsonNode settled = new PromiseFixture(jenkins).settled(id);
            assertThat(settled.path("state").asText()).as(settled.toString()).isEqualTo("FULFILLED");
            assertThat(settled.path("job").asText()).isEqualTo("crew/team/quote");
            jenkins.waitUntilNoActivity();
        });
    }

    private boolean done(PromiseFixture fixture, String worker) throws IOException, InterruptedException {
        for (JsonNode one : fixture.promise(id).path("phases").path(0).path("workers")) {
            if (one.path("name").asText().equals(worker) && one.has("status")) {
                return true;
            }
        }
        return false;
    }

    @Test
    public void queuedPromiseIsStillQueuedAndLostOneIsQueuedAgain() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(0);
            jenkins.jenkins.save();
            PromiseFixture fixture = new PromiseFixture(jenkins);
            fixture.worker("greet", "exit 0").getProperty(PromiseContract.class);
            id = fixture.post("promises/submit/greet", "", fixture.user("admin"))
                    .body();
            id = id.replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1");
        });
        // As if the crash had come before Jenkins wrote its queue.
        Path queue = sessions.getHome().toPath().resolve("queue.xml");
        Files.deleteIfExists(queue);
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(2);
            Eventually.until("it is settled", PATIENCE, () -> PromiseFixture.controller()
                    .promises()
                    .find(id)
                    .state()
                    .settled());
            assertThat(PromiseFixture.controller().promises().find(id).state().name())
                    .isEqualTo("FULFILLED");
        });
    }

    @Test
    public void contractAndTokenAreStillThere() throws Throwable {
        sessions.then(jenkins -> new PromiseFixture(jenkins)
                .orchestration("quote", "report reason: 'still'", PromiseFixture.input("A", "string", false)));
        sessions.then(jenkins -> {
            PromiseFixture fixture = new PromiseFixture(jenkins);
            assertThat(fixture.settled(fixture.submit("quote", "A=1"))
                            .path("reason")
                            .asText())
                    .isEqualTo("still");
        });
    }
}
