package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.AdministrativeMonitor;
import hudson.model.PeriodicWork;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.BuildOutcome;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.build.Crashed;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.config.PromiseMonitor;
import io.jenkins.plugins.promise.jenkins.config.SharedLedger;
import io.jenkins.plugins.promise.jenkins.job.ContractInput;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.testing.Eventually;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** The ledger of a controller: where it is, what becomes of Jenkins without it, and what the next start does. */
public final class LedgerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private String id;
    private String other;

    private Path ledger() {
        return sessions.getHome().toPath().resolve("promises/ledger");
    }

    private static String submit(PromiseFixture fixture, String job, String form) throws Exception {
        HttpResponse<String> answer = fixture.post("promises/submit/" + job, form, fixture.user("admin"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.mapper().readTree(answer.body()).path("id").asText();
    }

    private static void settled(String promise) throws Exception {
        Eventually.until("the settlement of " + promise, PATIENCE, () -> PromiseFixture.controller()
                .promises()
                .find(promise)
                .state()
                .settled());
    }

    private static List<String> troubles() {
        PromiseMonitor monitor = AdministrativeMonitor.all().get(PromiseMonitor.class);
        assertThat(monitor.isActivated()).isEqualTo(!monitor.getTroubles().isEmpty());
        return monitor.getTroubles();
    }

    @Test
    public void jenkinsStartsWithoutItsLedgerAndSaysSoUntilItCanBeOpened() throws Throwable {
        sessions.then(jenkins -> {
            new PromiseFixture(jenkins).worker("greet", "exit 0");
            assertThat(troubles()).isEmpty();
        });
        // What an older build left is refused, as a network file system is.
        Path old = Files.createDirectories(ledger().resolve("open"));
        sessions.then(jenkins -> {
            PromiseFixture fixture = new PromiseFixture(jenkins);
            assertThat(troubles()).singleElement().asString().contains("before the first release");
            assertThat(jenkins.createWebClient().goTo("manage/").asNormalizedText())
                    .contains("before the first release");
            for (String path : List.of("promises/", "promises/jobs", "promises/01H00000000000000000000000")) {
                assertThat(fixture.get(path, fixture.user("admin")).statusCode())
                        .as(path)
                        .isEqualTo(503);
            }
            HttpResponse<String> refused = fixture.post("promises/submit/greet", "", fixture.user("admin"));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).doesNotContain(sessions.getHome().toString());
            assertThat(jenkins.createWebClient().goTo("job/greet/").asNormalizedText())
                    .contains("greet");
            Files.delete(old);
            PeriodicWork.all().get(PromiseHousekeeping.class).run();
            Eventually.until(
                    "it is opened again",
                    PATIENCE,
                    () -> troubles().isEmpty() && PromiseFixture.controller().dispatching());
            settled(submit(fixture, "greet", ""));
        });
    }

    @Test
    public void secretThatCannotBeOpenedSettlesWithTheReasonAndHurtsNoOther() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(0);
            jenkins.jenkins.save();
            PromiseFixture fixture = new PromiseFixture(jenkins);
            fixture.worker("keeps", "exit 0", PromiseFixture.input("SECRET", "secret", true));
            fixture.worker("greet", "exit 0");
            id = submit(fixture, "keeps", "SECRET=hushhush");
            other = submit(fixture, "greet", "");
        });
        Path home = sessions.getHome().toPath();
        // And as if the crash had come before Jenkins wrote its queue.
        Files.deleteIfExists(home.resolve("queue.xml"));
        // As if the home were restored without its keys.
        Files.delete(home.resolve("secrets/hudson.util.Secret"));
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(2);
            settled(id);
            assertThat(PromiseFixture.reason(id)).contains("the secret input SECRET cannot be opened");
            settled(other);
            assertThat(PromiseFixture.controller()
                            .promises()
                            .find(other)
                            .state()
                            .name())
                    .isEqualTo("FULFILLED");
            assertThat(PromiseConfiguration.get().keys()).hasSize(1);
        });
    }

    @Test
    public void promiseWhoseChoiceIsGoneSettlesAndHurtsNoOther() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(0);
            jenkins.jenkins.save();
            PromiseFixture fixture = new PromiseFixture(jenkins);
            PromiseWorker choosy = fixture.worker("choosy", "exit 0", choice("a\nb"));
            fixture.worker("greet", "exit 0");
            id = submit(fixture, "choosy", "WHICH=b");
            other = submit(fixture, "greet", "");
            choosy.removeProperty(PromiseContract.class);
            choosy.addProperty(PromiseFixture.contract(choice("a")));
        });
        Files.deleteIfExists(sessions.getHome().toPath().resolve("queue.xml"));
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(2);
            settled(id);
            assertThat(PromiseFixture.reason(id)).contains("its build cannot be queued");
            settled(other);
            assertThat(PromiseFixture.controller()
                            .promises()
                            .find(other)
                            .state()
                            .name())
                    .isEqualTo("FULFILLED");
        });
    }

    private static ContractInput choice(String choices) {
        ContractInput which = PromiseFixture.input("WHICH", "choice", true);
        which.setChoices(choices);
        return which;
    }

    @Test
    public void whatJenkinsQueueKeepsOverARestartIsNotQueuedTwice() throws Throwable {
        List<String> all = new ArrayList<>();
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(0);
            jenkins.jenkins.save();
            PromiseFixture fixture = new PromiseFixture(jenkins);
            fixture.worker("greet", "exit 0");
            for (int i = 0; i < 5; i++) {
                all.add(submit(fixture, "greet", ""));
            }
        });
        sessions.then(jenkins -> {
            assertThat(Queue.getInstance().getItems()).hasSize(2);
            jenkins.jenkins.setNumExecutors(2);
            for (String one : all) {
                settled(one);
            }
            jenkins.waitUntilNoActivity();
            assertThat(jenkins.jenkins
                            .getItemByFullName("greet", PromiseWorker.class)
                            .getBuilds())
                    .hasSize(5);
        });
    }

    @Test
    public void whatJenkinsQueueHasAndTheLedgerHasNotIsWrittenThenOrRefused() throws Throwable {
        Path before = sessions.getHome().toPath().resolveSibling("ledger-before");
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(0);
            jenkins.jenkins.save();
            PromiseFixture fixture = new PromiseFixture(jenkins);
            fixture.worker("greet", "exit 0", PromiseFixture.input("NAME", "string", true));
            fixture.worker("choosy", "exit 0", choice("a\nb"));
        });
        // As if the crash had come after Jenkins wrote its queue, and before the ledger had written the promises.
        FileUtils.copyDirectory(ledger().toFile(), before.toFile());
        sessions.then(jenkins -> {
            PromiseFixture fixture = new PromiseFixture(jenkins);
            fixture.post("job/greet/buildWithParameters", "NAME=ann", fixture.user("admin"));
            fixture.post("job/choosy/buildWithParameters", "WHICH=b", fixture.user("admin"));
            assertThat(Queue.getInstance().getItems()).hasSize(2);
            for (Queue.Item item : Queue.getInstance().getItems()) {
                String promise = item.getAction(BuildPromiseAction.class).getPromise();
                if (item.task.getName().equals("greet")) {
                    id = promise;
                } else {
                    other = promise;
                }
            }
            PromiseWorker choosy = jenkins.jenkins.getItemByFullName("choosy", PromiseWorker.class);
            choosy.removeProperty(PromiseContract.class);
            choosy.addProperty(PromiseFixture.contract(choice("a")));
        });
        FileUtils.deleteDirectory(ledger().toFile());
        FileUtils.moveDirectory(before.toFile(), ledger().toFile());
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(2);
            Eventually.until(
                    "it is in the ledger",
                    PATIENCE,
                    () -> PromiseFixture.controller().ledger().find(id).isPresent());
            settled(id);
            jenkins.waitUntilNoActivity();
            assertThat(PromiseFixture.controller().promises().find(id).inputs()).containsEntry("NAME", "ann");
            assertThat(PromiseFixture.controller().ledger().find(other)).isEmpty();
            assertThat(jenkins.jenkins
                            .getItemByFullName("choosy", PromiseWorker.class)
                            .getBuilds())
                    .isEmpty();
            assertThat(Queue.getInstance().isEmpty()).isTrue();
        });
    }

    @Test
    public void pipelineThatHasEndedIsKnownAsThatAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            PromiseFixture fixture = new PromiseFixture(jenkins);
            jenkins.buildAndAssertStatus(Result.FAILURE, fixture.orchestration("fails", "error 'no luck'"));
            jenkins.buildAndAssertSuccess(fixture.orchestration("works", "report reason: 'done'"));
        });
        sessions.then(jenkins -> {
            for (String name : List.of("fails", "works")) {
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName(name, WorkflowJob.class)
                        .getLastBuild();
                assertThat(Crashed.lost(run, Instant.now())).as(name).isFalse();
            }
            WorkflowRun failed = jenkins.jenkins
                    .getItemByFullName("fails", WorkflowJob.class)
                    .getLastBuild();
            assertThat(new BuildOutcome(failed, PromiseFixture.controller().promises())
                            .outcome()
                            .reason())
                    .contains("no luck");
        });
    }

    @Test
    public void databaseIsASettingThatIsChecked() throws Throwable {
        sessions.then(jenkins -> {
            PromiseConfiguration configuration = PromiseConfiguration.get();
            assertThat(configuration.location(ledger())).isInstanceOf(LedgerLocation.Embedded.class);
            jenkins.configRoundtrip();
            assertThat(configuration.getLedger()).isNull();
            SharedLedger shared = new SharedLedger("postgresql://jenkins@127.0.0.1:1/promises");
            shared.setLease("1m");
            configuration.setLedger(shared);
            jenkins.configRoundtrip();
            assertThat(configuration.getLedger().getUrl()).isEqualTo(shared.getUrl());
            assertThat(configuration.lease()).isEqualTo(Duration.ofMinutes(1));
            assertThat(configuration.location(ledger()))
                    .isEqualTo(new LedgerLocation.Shared("jdbc:postgresql://127.0.0.1:1/promises", "jenkins", null));
            SharedLedger.DescriptorImpl descriptor = (SharedLedger.DescriptorImpl) shared.getDescriptor();
            assertThat(descriptor.doCheckUrl("mysql://x").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(descriptor.doCheckUrl(shared.getUrl()).kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(descriptor.doTest(shared.getUrl(), "").getMessage())
                    .contains("cannot be opened")
                    .contains("refused");
            assertThat(descriptor.doTest(shared.getUrl(), "nope").getMessage())
                    .contains("no secret text")
                    .contains("nope");
            configuration.save();
        });
        sessions.then(jenkins ->
                assertThat(troubles()).singleElement().asString().contains("jdbc:postgresql://127.0.0.1:1/promises"));
    }
}
