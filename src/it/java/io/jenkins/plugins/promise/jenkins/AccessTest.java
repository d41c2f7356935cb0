package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.plugins.promise.contract.json.Json;
import java.net.http.HttpResponse;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Who gets in over HTTP, and who is told what. */
public final class AccessTest {
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
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger"));
        fixture.worker("greet", "true", PromiseFixture.input("NAME", "string", true));
        fixture.orchestration("quote", "report reason: 'done'");
    }

    @Test
    public void whereEverybodyMayBuildAPageWithoutACrumbSubmitsNothing() throws Exception {
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CANCEL)
                .everywhere()
                .toEveryone());
        HttpResponse<String> refused = fixture.post("promises/submit/quote", "");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(fixture.post("promises/submit/quote", "token=wrong").statusCode())
                .isEqualTo(403);
        assertThat(fixture.post("promises/submit/quote", "", "Jenkins-Crumb", "forged")
                        .statusCode())
                .isEqualTo(403);
        assertThat(PromiseFixture.accepted()).isZero();
        assertThat(fixture.post("promises/submit/quote", "", "Jenkins-Crumb", "test")
                        .statusCode())
                .isEqualTo(201);
        fixture.settled(fixture.submit("quote", ""));
        assertThat(PromiseFixture.accepted()).isEqualTo(2);
        jenkins.waitUntilNoActivity();
    }

    @Test
    public void aLinkWithoutASessionLeadsABrowserToTheLogin() throws Exception {
        String id = fixture.submit("quote", "");
        fixture.settled(id);
        for (String path : List.of("promises/", "promises/" + id)) {
            HttpResponse<String> page = fixture.get(path, "Accept", "text/html,application/xhtml+xml");
            assertThat(page.statusCode()).as(path).isEqualTo(403);
            assertThat(page.body()).as(path).contains("login?from=");
            HttpResponse<String> json = fixture.get(path, "Accept", "application/json");
            assertThat(json.statusCode()).as(path).isEqualTo(401);
            assertThat(json.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        jenkins.waitUntilNoActivity();
    }

    @Test
    public void whoHasNoRightLearnsNoNames() throws Exception {
        assertThat(told("quote", "Authorization", "Bearer wrong"))
                .isEqualTo(told("quote2", "Authorization", "Bearer wrong"))
                .startsWith("403");
        assertThat(told("quote", fixture.user("stranger"))).isEqualTo("404 there is no promise job 'quote'");
        assertThat(told("quote2", fixture.user("stranger"))).isEqualTo("404 there is no promise job 'quote2'");
        assertThat(told("quote2")).isEqualTo(told("quote")).startsWith("401");
    }

    private String told(String job, String... headers) throws Exception {
        HttpResponse<String> answer = fixture.post("promises/submit/" + job, "", headers);
        return answer.statusCode() + " "
                + Json.mapper().readTree(answer.body()).path("detail").asText();
    }
}
