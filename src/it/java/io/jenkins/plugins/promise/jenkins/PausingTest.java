package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Queue;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.testing.Eventually;
import java.net.http.HttpResponse;
import java.time.Duration;
import jenkins.model.Jenkins;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A paused version is not started, whoever asks for its builds, and waits beside Jenkins' queue. */
public final class PausingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
                .grant(Jenkins.READ, hudson.model.Item.READ, hudson.model.Item.BUILD)
                .everywhere()
                .to("ann"));
        fixture.post("promises/deploy", SuiteTest.suite(1, "one"), fixture.user("admin"));
        jenkins.jenkins.setNumExecutors(0);
    }

    private JsonNode post(String path, String user, int status) throws Exception {
        HttpResponse<String> answer = fixture.post(path, "", fixture.user(user));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.mapper().readTree(answer.body());
    }

    private JsonNode promise(String id) throws Exception {
        return Json.mapper()
                .readTree(fixture.get("promises/" + id, fixture.user("admin")).body());
    }

    private static PromiseState state(String id) {
        return PromiseFixture.controller().ledger().find(id).orElseThrow().state();
    }

    @Test
    public void whatIsQueuedLeavesJenkinsQueueAndComesBackWhenTheVersionIsResumed() throws Exception {
        String queued = post("promises/submit/hello", "ann", 201).path("id").asText();
        Eventually.until(
                "it is in Jenkins' queue", PATIENCE, () -> Queue.getInstance().getItems().length == 1);

        assertThat(post("promises/pause/hello", "admin", 200).path("version").asText())
                .isEqualTo("hello-v1-aaaaaaa");
        Eventually.until(
                "it left Jenkins' queue", PATIENCE, () -> Queue.getInstance().isEmpty());
        assertThat(fixture.post("job/suite/job/hello-v1-aaaaaaa/buildWithParameters", "", fixture.user("ann"))
                        .statusCode())
                .isEqualTo(201);
        jenkins.jenkins.setNumExecutors(2);
        Eventually.until(
                "it says that it is paused",
                PATIENCE,
                () -> promise(queued).path("waitsFor").path("what").asText().equals("version"));
        assertThat(promise(queued).path("waitsFor").path("detail").asText())
                .isEqualTo("hello-v1-aaaaaaa is paused by admin");
        Queue.getInstance().maintain();
        assertThat(state(queued)).isEqualTo(PromiseState.PENDING);
        assertThat(jenkins.jenkins
                        .getItemByFullName("suite/hello-v1-aaaaaaa", hudson.model.Job.class)
                        .getBuilds())
                .as("neither was built")
                .isEmpty();

        post("promises/resume/hello", "admin", 200);
        Eventually.until("it is done", PATIENCE, () -> state(queued) == PromiseState.FULFILLED);
        jenkins.waitUntilNoActivity();
        assertThat(jenkins.jenkins
                        .getItemByFullName("suite/hello-v1-aaaaaaa", hudson.model.Job.class)
                        .getBuilds())
                .as("both were built")
                .hasSize(2);
    }

    @Test
    public void whoMayNotDeployPausesNothing() throws Exception {
        post("promises/pause/hello", "ann", 403);
        post("promises/resume/hello", "ann", 403);
        assertThat(PromiseFixture.controller().catalog().paused()).isEmpty();
    }
}
