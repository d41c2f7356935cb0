package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.testing.Eventually;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A controller that goes down while environments are changed, and comes up again. */
public final class EnvironmentRestartTest {
    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private String tests;
    private String waits;
    private String gated;

    private EnvironmentFixture environments(PromiseFixture fixture) {
        return new EnvironmentFixture(fixture, folder.getRoot().toPath());
    }

    @Test
    public void whoTestsWhoWaitsAndWhoWantsAnApprovalGoOn() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(4);
            jenkins.jenkins.save();
            PromiseFixture fixture = new PromiseFixture(jenkins);
            EnvironmentFixture environments = environments(fixture);
            // So short that it has expired when the controller is up again: nobody else can have asked meanwhile.
            environments.declare(
                    EnvironmentRules.integration("test").leased(Duration.ofSeconds(4)),
                    EnvironmentRules.after("production", "test").approved(null));
            environments.lanes();
            environments.worlds();
            fixture.orchestration(
                    "gated",
                    "def wanted = manifest(environment: 'production', commits: [web: 'w1'])\n"
                            + "report reason: approval(environment: 'production', manifest: wanted)");
            gated = fixture.submit("gated", "");
            environments.awaitWaits(gated, "approval");
            tests = fixture.submit("integrate", "WEB=slow&WHERE=test");
            Eventually.until(
                    "it is tested", EnvironmentFixture.PATIENCE, () -> Files.exists(environments.mark("tests")));
            waits = fixture.submit("quick", "");
            environments.awaitWaits(waits, "lease");
        });
        sessions.then(jenkins -> {
            PromiseFixture fixture = new PromiseFixture(jenkins);
            EnvironmentFixture environments = environments(fixture);
            environments.awaitWaits(gated, "approval");
            assertThat(environments.waitsFor(gated).path("stuck").asBoolean()).isTrue();
            environments.awaitWaits(waits, "lease");
            assertThat(environments
                            .environment("test")
                            .path("lease")
                            .path("holder")
                            .asText())
                    .isEqualTo(tests);
            environments.go();
            JsonNode tested = environments.report(tests);
            assertThat(tested.path("reason").asText()).endsWith("passed: web");
            assertThat(tested.at("/data/mine/state").asText()).isEqualTo("PASSED");
            assertThat(environments.reason(waits)).isEqualTo("1 worker in 1 phase");
            assertThat(environments.fences())
                    .as("one lease each")
                    .contains("1", "2")
                    .doesNotContain("3");
            assertThat(environments.environment("test").at("/condition/is").asText())
                    .isEqualTo("CLEAN");
            String detail = environments.waitsFor(gated).path("detail").asText();
            String manifest = detail.substring(detail.lastIndexOf(' ') + 1);
            fixture.post("promises/environments/production/approve?manifest=" + manifest, "", fixture.user("ann"));
            assertThat(environments.reason(gated))
                    .as("nobody logs in to this controller")
                    .isEqualTo("anonymous");
        });
    }
}
