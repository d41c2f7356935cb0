package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.testing.Eventually;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** The steps about environments on a real Jenkins, with real workers. */
public final class EnvironmentStepsTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);
    private EnvironmentFixture environments;

    @Before
    public void prepare() throws Exception {
        jenkins.jenkins.setNumExecutors(4);
        environments = new EnvironmentFixture(fixture, folder.newFolder("marks").toPath());
        environments.declare(EnvironmentRules.integration("test"), EnvironmentRules.after("production", "test"));
    }

    @Test
    public void oneAfterTheOtherHasAnEnvironmentAndWhoWaitsSaysSo() throws Exception {
        environments.lanes();
        String first = fixture.submit("slow", "");
        Eventually.until(
                "it runs",
                EnvironmentFixture.PATIENCE,
                () -> environments.fences().size() == 1);
        String second = fixture.submit("slow", "");
        environments.awaitWaits(second, "lease");
        String third = fixture.submit("quick", "");
        environments.awaitWaits(third, "lease");

        JsonNode waits = environments.waitsFor(third);
        assertThat(waits.path("before").asInt()).isEqualTo(2);
        assertThat(waits.path("detail").asText())
                .isEqualTo("the lease of the environment test, which " + first + " has");
        assertThat(environments.environment("test").path("lease").path("holder").asText())
                .isEqualTo(first);
        environments.go();
        assertThat(environments.reason(third)).isEqualTo("1 worker in 1 phase");
        assertThat(environments.fences()).containsExactly("1", "2", "3");
        assertThat(environments.environment("test").has("lease")).isFalse();
    }

    @Test
    public void theModelSaysWhatIsDoneAndWorkersDoIt() throws Exception {
        environments.worlds();
        JsonNode first = environments.report(fixture.submit("integrate", "API=a1&WEB=w1&WHERE=test"));
        assertThat(first.path("reason").asText()).endsWith("passed: api, web");
        String manifest = first.at("/data/mine/manifest").asText();
        String release = "&WHERE=production";
        assertThat(environments
                        .report(fixture.submit("release", "MANIFEST=" + manifest + release))
                        .path("status")
                        .asText())
                .isEqualTo("SUCCESS");
        assertThat(environments
                        .environment("production")
                        .at("/head/components/web/commit")
                        .asText())
                .isEqualTo("w1");
        assertThat(environments.mark("production/web")).hasContent("w1");

        JsonNode broken = environments.report(fixture.submit("integrate", "API=breaks&WHERE=test"));
        assertThat(broken.path("reason").asText())
                .startsWith("rejected api breaks: web failed")
                .endsWith("without it that passes");
        assertThat(broken.at("/data/outcome/broke").toString()).isEqualTo("[\"web\"]");
        assertThat(broken.at("/data/mine/state").asText()).isEqualTo("REJECTED");
        assertThat(environments.mark("test/api")).hasContent("a1");

        String second = environments
                .report(fixture.submit("integrate", "WEB=w2&WHERE=test"))
                .at("/data/mine/manifest")
                .asText();
        assertThat(environments.reason(fixture.submit("release", "MANIFEST=" + second + release)))
                .isEqualTo("manifest " + second + " is released");
        assertThat(environments.reason(fixture.submit("release", "MANIFEST=" + manifest + "&ROLL_BACK=true" + release)))
                .isEqualTo("manifest " + manifest + " is released");
        assertThat(environments.environment("production").at("/head/cause").asText())
                .isEqualTo("ROLLED_BACK");
        assertThat(environments.reason(fixture.submit("release", "MANIFEST=" + second + release)))
                .contains("was tested on head 1 of production, and head 3 is there now: integrate it again");
    }

    @Test
    public void whateverEndsABodyGivesTheLeaseBack() throws Exception {
        environments.lanes();
        fixture.orchestration("fails", "environment('test') { error 'it broke' }");
        fixture.orchestration(
                "timeout", "timeout(time: 3, unit: 'SECONDS') { environment('test') { worker job: 'hold' } }");
        fixture.orchestration(
                "goes-on",
                "try { timeout(time: 3, unit: 'SECONDS') { environment('test') { sleep 60 } } } catch (e) { echo 'late' }\n"
                        + "environment('test') { worker job: 'fence' }");

        assertThat(environments.reason(fixture.submit("fails", ""))).endsWith("it broke");
        assertThat(environments
                        .report(fixture.submit("timeout", ""))
                        .path("status")
                        .asText())
                .isEqualTo("FAILURE");
        assertThat(environments.reason(fixture.submit("goes-on", ""))).isEqualTo("1 worker in 1 phase");
        String cancelled = fixture.submit("slow", "");
        Eventually.until(
                "it runs",
                EnvironmentFixture.PATIENCE,
                () -> environments.fences().size() == 3);
        String waits = fixture.submit("timeout", "");
        environments.awaitWaits(waits, "lease");
        assertThat(environments.report(waits).path("status").asText()).isEqualTo("FAILURE");
        assertThat(environments.environment("test").path("waiting")).isEmpty();
        fixture.post("promises/" + cancelled + "/cancel", "", fixture.user("admin"));
        Eventually.until("no build goes on", EnvironmentFixture.PATIENCE, environments::nothingIsBuilt);
        assertThat(environments.reason(fixture.submit("quick", ""))).isEqualTo("1 worker in 1 phase");
    }

    @Test
    public void whoIsCancelledWhileItWaitsIsAborted() throws Exception {
        environments.declare(
                EnvironmentRules.integration("test"),
                EnvironmentRules.after("production", "test").approved(null));
        environments.lanes();
        WorkflowJob gated = fixture.orchestration(
                "gated",
                "def wanted = manifest(environment: 'production', commits: [web: 'w1'])\n"
                        + "approval environment: 'production', manifest: wanted");
        WorkflowJob queues = fixture.orchestration("queues", "environment('test') { worker job: 'fence' }");
        String approval = fixture.submit("gated", "");
        environments.awaitWaits(approval, "approval");
        fixture.submit("slow", "");
        Eventually.until(
                "it runs",
                EnvironmentFixture.PATIENCE,
                () -> environments.fences().size() == 1);
        String lease = fixture.submit("queues", "");
        environments.awaitWaits(lease, "lease");

        for (String waits : List.of(approval, lease)) {
            fixture.post("promises/" + waits + "/cancel", "", fixture.user("admin"));
        }
        for (WorkflowJob job : List.of(gated, queues)) {
            jenkins.waitForCompletion(job.getLastBuild());
            jenkins.assertBuildStatus(Result.ABORTED, job.getLastBuild());
        }
        environments.go();
    }

    @Test
    public void wrongUsesAreTold() throws Exception {
        environments.lanes();
        fixture.orchestration("outside", "integrate([web: [train: 1]]) { act -> worker job: 'fence' }");
        fixture.orchestration("twice", "environment('test') { environment('test') { worker job: 'fence' } }");
        fixture.orchestration("unknown", "environment('tset') { worker job: 'fence' }");
        fixture.orchestration("declares", "phase('p') { approval environment: 'test', manifest: 'm' }");
        fixture.orchestration(
                "two",
                "candidate environment: 'test', commits: [web: 'w1']\n"
                        + "environment('test') { integrate([web: [train: 1]]) { act -> worker(job: 'fence')\n"
                        + "worker(job: 'fence', as: 'b') } }");
        fixture.orchestration(
                "plan", "environment('test') { integrate([web: [tram: 1]]) { act -> worker job: 'fence' } }");

        assertThat(environments.reason(fixture.submit("outside", "")))
                .contains("integrate stands in the body of environment(");
        assertThat(environments.reason(fixture.submit("twice", "")))
                .contains("this script has the environment 'test' already");
        assertThat(environments.reason(fixture.submit("unknown", "")))
                .contains("there is no environment 'tset'; did you mean 'test'?");
        assertThat(environments.reason(fixture.submit("declares", ""))).contains("only declares its workers");
        assertThat(environments.reason(fixture.submit("two", "")))
                .contains("for each act the body declares one worker; for RELEASE of web it does not");
        assertThat(environments.reason(fixture.submit("plan", "")))
                .contains("the plan says for each component train: a number");
    }
}
