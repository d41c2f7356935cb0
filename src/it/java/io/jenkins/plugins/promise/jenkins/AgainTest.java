package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import io.jenkins.plugins.promise.contract.json.Json;
import java.net.http.HttpResponse;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The inputs of a promise are submitted once more. */
public final class AgainTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);
    private WorkflowJob say;

    @Before
    public void secure() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder"));
        fixture.worker(
                "greet",
                "[ \"$SECRET\" = hunter2 ] && printf '{\"reason\": \"hello %s\"}' \"$NAME\" > report.json",
                PromiseFixture.input("NAME", "string", true),
                PromiseFixture.input("SECRET", "secret", true));
        say = fixture.orchestration(
                "say",
                "report reason: phase('p') { worker job: 'greet', inputs: inputs }.greet.reason",
                PromiseFixture.input("NAME", "string", true),
                PromiseFixture.input("SECRET", "secret", true));
    }

    @Test
    public void theSameInputsAndSecretsAreSubmittedByWhoMayBuild() throws Exception {
        String id = fixture.submit("say", "NAME=ann&SECRET=hunter2");
        fixture.settled(id);
        String path = "promises/" + id + "/again";
        assertThat(fixture.get(path, fixture.user("builder")).statusCode()).isEqualTo(405);
        assertThat(fixture.post(path, "").statusCode()).isIn(401, 403);
        assertThat(fixture.post(path, "", fixture.user("reader")).statusCode()).isEqualTo(403);

        for (String[] who : List.of(fixture.user("builder"), PromiseFixture.token())) {
            HttpResponse<String> answer = fixture.post(path, "", who);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            JsonNode accepted = Json.mapper().readTree(answer.body());
            assertThat(answer.headers().firstValue("Location"))
                    .hasValue(accepted.path("queue").asText());
            assertThat(accepted.path("id").asText()).isNotEqualTo(id);
            assertThat(fixture.settled(accepted.path("id").asText())
                            .path("reason")
                            .asText())
                    .isEqualTo("hello ann");
        }
    }

    @Test
    public void aCallAndADisabledJobAreNotSubmittedAgain() throws Exception {
        String id = fixture.submit("say", "NAME=ann&SECRET=hunter2");
        JsonNode told = fixture.settled(id);
        String called = told.at("/phases/0/workers/0/promise").asText();
        assertThat(fixture.post("promises/" + called + "/again", "", fixture.user("builder"))
                        .body())
                .contains("an orchestration has called it", id);

        say.doDisable();
        HttpResponse<String> disabled = fixture.post("promises/" + id + "/again", "", fixture.user("builder"));
        assertThat(disabled.statusCode()).isEqualTo(409);
        assertThat(disabled.body()).contains("the job say is disabled");
    }
}
