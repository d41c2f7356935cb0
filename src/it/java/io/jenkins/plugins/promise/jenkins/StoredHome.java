package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.diagnosis.OldDataMonitor;
import hudson.model.AdministrativeMonitor;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.ParametersAction;
import hudson.model.PasswordParameterValue;
import hudson.util.Secret;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * The home of a Jenkins with one of each thing that the plugin stores: jobs, what is deployed, builds that have ended, a build
 * in Jenkins' queue, programs in the middle of each step that waits, and the ledger.
 */
final class StoredHome {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** So long that what is stored is read by builds of later years, too. */
    private static final String FOR_EVER = "90000d";

    private static final String LABEL = "later";
    /** What of a home is kept; the rest Jenkins makes anew. */
    private static final List<String> KEPT = List.of(
            "jobs", "promises", "secrets", "secret.key", "queue.xml", "config.xml", "org.jenkinsci", "io.jenkins");

    private final JenkinsRule jenkins;
    private final PromiseFixture fixture;
    private final EnvironmentFixture environments;

    StoredHome(JenkinsRule jenkins) {
        this.jenkins = jenkins;
        this.fixture = new PromiseFixture(jenkins);
        this.environments =
                new EnvironmentFixture(fixture, jenkins.jenkins.getRootDir().toPath());
    }

    /** Makes all of it. */
    void make() throws Exception {
        jenkins.jenkins.setNumExecutors(2);
        PromiseConfiguration.get().setDeadline(FOR_EVER);
        PromiseConfiguration.get().setRetention(FOR_EVER);
        PromiseConfiguration.get().save();
        jenkins.jenkins.save();
        environments.declare(
                EnvironmentRules.integration("test"),
                EnvironmentRules.after("production", "test").approved(null));
        fixture.worker("says", "printf '{\"reason\": \"hello\", \"data\": {\"a\": 1}}' > report.json");
        PromiseWorker later = fixture.worker(
                LABEL,
                "[ -z \"$SECRET\" ] || [ \"$SECRET\" = hushhush ] || exit 1\n"
                        + "printf '{\"reason\": \"it came\"}' > report.json",
                PromiseFixture.input("SECRET", "secret", false));
        later.getProperty(PromiseContract.class).setToken(Secret.fromString(PromiseFixture.TOKEN));
        later.setAssignedLabel(Label.get(LABEL));
        later.save();
        fixture.orchestration(
                "done", "def r = phase('p') { worker job: 'says' }\nreport reason: r.says.reason, data: r.says.data");
        fixture.orchestration(
                "waits",
                "phase('first') { worker job: 'says' }\n"
                        + "def r = phase('second') { worker job: 'later', inputs: [SECRET: 'hushhush'] }\n"
                        + "report reason: r.later.reason");
        fixture.orchestration("leased", "environment('test') { worker job: 'later' }");
        fixture.orchestration("next", "environment('test') { worker job: 'says' }");
        fixture.orchestration(
                "gated",
                "def wanted = manifest(environment: 'production', commits: [web: 'w1'])\n"
                        + "approval environment: 'production', manifest: wanted");
        deploy(1, "old");
        deploy(2, "new");
        fixture.settled(fixture.submit("done", ""));
        fixture.settled(fixture.submit("greet", ""));
        String waits = fixture.submit("waits", "");
        Eventually.until(
                "its second phase has begun",
                PATIENCE,
                () -> fixture.promise(waits).path("phases").size() == 2);
        String leased = fixture.submit("leased", "");
        Eventually.until(
                "it has the environment",
                PATIENCE,
                () -> fixture.promise(leased).path("phases").size() == 1);
        environments.awaitWaits(fixture.submit("next", ""), "lease");
        environments.awaitWaits(fixture.submit("gated", ""), "approval");
        later.scheduleBuild2(0, new ParametersAction(new PasswordParameterValue("SECRET", "hushhush")));
        Eventually.until("it is accepted", PATIENCE, () -> !found(LABEL).isEmpty());
    }

    private void deploy(int number, String says) throws Exception {
        HttpResponse<String> deployed =
                fixture.post("promises/deploy", SuiteTest.suite(number, says), fixture.user("admin"));
        assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(200);
    }

    /** The ids of the promises of a job that nobody called. */
    private static List<String> found(String job) {
        return PromiseFixture.controller()
                .ledger()
                .lists()
                .page(new PromiseQuery(PromiseQuery.Which.ALL, false, job, "", null, 100))
                .promises()
                .stream()
                .map(p -> p.id())
                .toList();
    }

    private static String only(String job) {
        assertThat(found(job)).as(job).hasSize(1);
        return found(job).get(0);
    }

    /** Writes what is kept of a home, after its Jenkins has gone. */
    static void keep(Path home, Path zip) throws IOException {
        Files.createDirectories(zip.toAbsolutePath().getParent());
        try (Stream<Path> all = Files.walk(home);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = home.relativize(file).toString();
                if (KEPT.stream().anyMatch(name::startsWith)) {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
        }
    }

    /** All of it is read, and what was under way goes on to its end. */
    void isRead() throws Exception {
        Eventually.until("promises are built", PATIENCE, () -> PromiseFixture.controller()
                .dispatching());
        assertThat(AdministrativeMonitor.all().get(OldDataMonitor.class).getData())
                .as("what cannot be read as it was written")
                .isEmpty();
        isThere();
        waits();
        jenkins.createSlave(LABEL, LABEL, null);
        String manifest = environments.waitsFor(only("gated")).path("detail").asText();
        fixture.post(
                "promises/environments/production/approve?manifest="
                        + manifest.substring(manifest.lastIndexOf(' ') + 1),
                "",
                fixture.user("ann"));
        for (String job : List.of("waits", "leased", "next", "gated", LABEL)) {
            Eventually.until(
                    job + " ends", PATIENCE, () -> fixture.promise(only(job)).has("settled"));
            assertThat(fixture.promise(only(job)).path("state").asText())
                    .as(job + ": " + PromiseFixture.reason(only(job)))
                    .isEqualTo("FULFILLED");
        }
        assertThat(PromiseFixture.reason(only("waits"))).isEqualTo("it came");
        assertThat(PromiseFixture.reason(only(LABEL))).isEqualTo("it came");
        assertThat(fixture.settled(fixture.submit("greet", "")).path("reason").asText())
                .isEqualTo("new");
    }

    private void isThere() throws Exception {
        String done = only("done");
        assertThat(fixture.promise(done).path("reason").asText()).isEqualTo("hello");
        assertThat(Json.mapper()
                        .readTree(fixture.get("promises/" + done + "/report", PromiseFixture.token())
                                .body())
                        .at("/data/a")
                        .asInt())
                .isEqualTo(1);
        Job<?, ?> job = jenkins.jenkins.getItemByFullName("done", Job.class);
        assertThat(job.getLastBuild().getAction(BuildPromiseAction.class).getPromise())
                .isEqualTo(done);
        assertThat(jenkins.createWebClient().goTo("job/done/1/").asNormalizedText())
                .contains("FULFILLED");
        assertThat(jenkins.jenkins.getItemByFullName("suite/greet-v1-aaaaaaa")).isNotNull();
        assertThat(jenkins.createWebClient().goTo("job/suite/").asNormalizedText())
                .contains("greet-v2-aaaaaaa", "latest");
    }

    private void waits() throws Exception {
        environments.awaitWaits(only("gated"), "approval");
        environments.awaitWaits(only("next"), "lease");
        assertThat(environments.environment("test").at("/lease/holder").asText())
                .isEqualTo(only("leased"));
        assertThat(fixture.promise(only("waits")).path("state").asText()).isEqualTo("RUNNING");
        assertThat(fixture.promise(only(LABEL)).path("state").asText()).isEqualTo("PENDING");
    }
}
