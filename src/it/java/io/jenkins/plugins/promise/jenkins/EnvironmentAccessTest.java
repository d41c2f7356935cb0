package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.Permission;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import java.net.http.HttpResponse;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** Who may see environments, change them, and approve what comes to them: by HTTP, on the pages, and as a build. */
public final class EnvironmentAccessTest {
    private static final String PRODUCTION = "promises/environments/production";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);
    private EnvironmentFixture environments;

    @Before
    public void secure() throws Exception {
        jenkins.jenkins.setNumExecutors(4);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        Permission[] builds = {Jenkins.READ, Item.READ, Item.BUILD};
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(builds)
                .everywhere()
                .to("ann", "rita", "paul")
                .grant(PromisePermissions.RELEASE)
                .everywhere()
                .to("rita")
                .grant(PromisePermissions.APPROVE)
                .everywhere()
                .to("paul"));
        environments = new EnvironmentFixture(fixture, folder.newFolder("marks").toPath());
    }

    private HttpResponse<String> as(String user, String path) throws Exception {
        return fixture.post(path, "", fixture.user(user));
    }

    private void refused(String user, String path, String permission) throws Exception {
        HttpResponse<String> answer = as(user, path);
        assertThat(answer.statusCode())
                .as(path + " as " + user + ": " + answer.body())
                .isEqualTo(403);
        assertThat(answer.body()).contains(user + " is missing the permission Promise jobs/" + permission);
    }

    private void declare() throws Exception {
        List<EnvironmentRules> rules = List.of(
                EnvironmentRules.integration("test"),
                EnvironmentRules.after("production", "test").approved(null));
        HttpResponse<String> answer = fixture.put("promises/environments", rules, fixture.user("admin"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Json.mapper().readTree(answer.body()).path("environments")).hasSize(2);
        assertThat(fixture.put("promises/environments", rules, fixture.user("rita"))
                        .body())
                .contains("rita is missing the permission Promise jobs/Deploy");
    }

    @Test
    public void approvingReleasingAndDeclaringAreRightsOfTheirOwn() throws Exception {
        declare();
        environments.worlds();
        String tested = environments
                .report(fixture.submit("integrate", "API=a1&WEB=w1&WHERE=test"))
                .at("/data/mine/manifest")
                .asText();
        String release = fixture.submit("release", "WHERE=production&MANIFEST=" + tested);
        environments.awaitWaits(release, "approval");

        refused("ann", PRODUCTION + "/approve?manifest=" + tested, "Approve");
        refused("rita", PRODUCTION + "/approve?manifest=" + tested, "Approve");
        refused("ann", PRODUCTION + "/freeze?why=fair", "Release");
        refused("paul", PRODUCTION + "/rollback", "Release");
        refused("ann", "promises/environments/test/candidates", "Release");
        assertThat(fixture.get("promises/environments").statusCode()).isEqualTo(401);
        assertThat(fixture.post(PRODUCTION + "/approve?manifest=" + tested, "").statusCode())
                .as("without a crumb")
                .isEqualTo(403);
        assertThat(environments.waitsFor(release).path("what").asText()).isEqualTo("approval");

        HtmlPage anns = jenkins.createWebClient().login("ann").goTo("promises/environments");
        assertThat(anns.asNormalizedText())
                .contains("test", "production", "w1", "tested in this combination")
                .doesNotContain("Approve this combination", "Freeze production");
        HtmlPage page = jenkins.createWebClient().login("paul").goTo("promises/environments");
        HtmlForm form = page.getForms().stream()
                .filter(f -> f.getActionAttribute().endsWith("production/approve"))
                .findFirst()
                .orElseThrow();
        HtmlPage after =
                form.getElementsByTagName("button").get(0) instanceof HtmlButton button ? button.click() : null;
        assertThat(after.getUrl().toString()).endsWith("/promises/environments");
        assertThat(after.asNormalizedText()).doesNotContain("Approve this combination");
        assertThat(environments.reason(release)).isEqualTo("manifest " + tested + " is released");
        assertThat(jenkins.createWebClient().login("ann").goTo(PRODUCTION).asNormalizedText())
                .contains(tested, "released", "web nothing → w1");
    }

    @Test
    public void whoMayReleaseFreezesAndLetsGoOn() throws Exception {
        declare();
        HttpResponse<String> frozen = as("rita", PRODUCTION + "/freeze?why=a+fair&who=somebody");
        assertThat(frozen.statusCode()).as(frozen.body()).isEqualTo(200);
        assertThat(Json.mapper().readTree(frozen.body()).at("/frozen/who").asText())
                .as("whoever asks is who acts")
                .isEqualTo("rita");
        assertThat(jenkins.createWebClient()
                        .login("rita")
                        .goTo("promises/environments")
                        .asNormalizedText())
                .contains("frozen by rita: a fair", "Let production go on");
        assertThat(as("rita", PRODUCTION + "/unfreeze").statusCode()).isEqualTo(200);
        assertThat(as("rita", PRODUCTION + "/freeze").body()).contains("the parameter why must be given");
        assertThat(as("rita", "promises/environments/nowhere/freeze?why=x").statusCode())
                .isEqualTo(404);
        assertThat(as("rita", PRODUCTION + "/rollback").statusCode()).isEqualTo(404);
        assertThat(fixture.get(PRODUCTION + "/approve", fixture.user("paul")).statusCode())
                .isEqualTo(404);
    }

    @Test
    public void aBuildMayWhatWhoeverItActsForMay() throws Exception {
        declare();
        environments.lanes();
        fixture.orchestration("brings", "candidate environment: 'test', commits: [web: 'w1']");
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate("quick", User.getById("ann", true).impersonate2())
                        .authenticate("brings", User.getById("ann", true).impersonate2())
                        .authenticate("slow", User.getById("rita", true).impersonate2()));
        environments.go();

        assertThat(environments.reason(fixture.submit("quick", "")))
                .contains("ann is missing the permission Promise jobs/Release");
        assertThat(environments.reason(fixture.submit("brings", "")))
                .contains("ann is missing the permission Promise jobs/Release");
        assertThat(environments.reason(fixture.submit("slow", ""))).isEqualTo("1 worker in 1 phase");
        assertThat(environments.fences()).containsExactly("1");
    }
}
