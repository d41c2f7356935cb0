package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.LedgerVersions;
import io.jenkins.plugins.promise.deployment.VersionIndex;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.config.SharedLedger;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Postgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A Jenkins that shares a real PostgreSQL with another controller, and what that one deploys. */
public final class SharedLedgerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Postgres postgres;
    private Ledger others;
    private LedgerVersions another;

    @Before
    public void share() throws Throwable {
        postgres = new Postgres();
        String url = postgres.newDatabase();
        others = Ledger.open(
                LedgerLocation.shared(url, "postgres"),
                ControllerIdentity.begin("another", "http://another"),
                Clock.systemUTC());
        another = LedgerVersions.open(others, folder.newFolder().toPath(), Clock.systemUTC());
        sessions.then(jenkins -> {
            SharedLedger shared = new SharedLedger(url);
            // The other one shows itself never, and is not to be taken for dead.
            shared.setLease("1h");
            PromiseConfiguration.get().setLedger(shared);
            PromiseConfiguration.get().save();
        });
    }

    @After
    public void end() throws IOException {
        others.close();
        postgres.close();
    }

    private void deployElsewhere(byte[] bundle) throws Exception {
        new Deployments(another, others, new AcceptanceGate(), Clock.systemUTC())
                .deploy(new ByteArrayInputStream(bundle), bundle.length, DeployOptions.NONE);
    }

    private static Set<String> jobs(JenkinsRule jenkins) {
        return jenkins.jenkins.getAllItems(Job.class).stream()
                .map(Item::getName)
                .collect(Collectors.toSet());
    }

    private static void eventuallyJobs(JenkinsRule jenkins, String... names) throws Exception {
        Eventually.until(
                "the jobs " + List.of(names), PATIENCE, () -> jobs(jenkins).equals(Set.of(names)));
    }

    private static String reasonOf(JenkinsRule jenkins, String job) throws Exception {
        PromiseFixture fixture = new PromiseFixture(jenkins);
        String body = fixture.post("promises/submit/" + job, "", fixture.user("admin"))
                .body();
        String id = Json.mapper().readTree(body).path("id").asText();
        assertThat(id).as(body).isNotEmpty();
        fixture.settled(id, fixture.user("admin"));
        return PromiseFixture.reason(id);
    }

    @Test
    public void whatAnotherControllerDeploysRunsHereAtOnceAndItsJobsComeAndGoWithIt() throws Throwable {
        deployElsewhere(SuiteTest.suite(1, "one"));
        sessions.then(jenkins -> {
            assertThat(jobs(jenkins)).as("made at the start").contains("greet-v1-aaaaaaa", "hello-v1-aaaaaaa");
            assertThat(reasonOf(jenkins, "greet")).isEqualTo("one");

            deployElsewhere(SuiteTest.suite(2, "two"));
            assertThat(reasonOf(jenkins, "greet-v2-aaaaaaa"))
                    .as("made when it is asked for")
                    .isEqualTo("two");

            PromiseFixture fixture = new PromiseFixture(jenkins);
            assertThat(fixture.post("promises/deploy", SuiteTest.suite(3, "three"), fixture.user("admin"))
                            .statusCode())
                    .isEqualTo(200);
            Eventually.until(
                    "it is seen there",
                    PATIENCE,
                    () -> another.index().latestOf("greet").orElseThrow().equals("greet-v3-aaaaaaa"));

            VersionIndex before = another.index();
            List<String> gone = List.of("greet-v1-aaaaaaa", "hello-v1-aaaaaaa", "greet-v2-aaaaaaa", "hello-v2-aaaaaaa");
            assertThat(another.remove(gone, before, before.without(gone))).isTrue();
            eventuallyJobs(jenkins, "greet-v3-aaaaaaa", "hello-v3-aaaaaaa");
        });
    }

    @Test
    public void jobThatHasTheNameOfWhatAnotherControllerDeploysIsNotRunForIt() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob foreign = jenkins.createProject(WorkflowJob.class, "hello-v1-aaaaaaa");
            deployElsewhere(SuiteTest.suite(1, "one"));
            assertThat(reasonOf(jenkins, "greet-v1-aaaaaaa"))
                    .contains("hello")
                    .contains("the job hello-v1-aaaaaaa is gone, or is not what was deployed");
            eventuallyJobs(jenkins, "greet-v1-aaaaaaa", "hello-v1-aaaaaaa");
            assertThat(foreign.getLastBuild()).isNull();
        });
    }
}
