package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.HealthReport;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.testing.Eventually;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The pages of promises as Jenkins answers with them, and what they are fed with. */
public final class PromisePagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** One more than a page has. */
    private static final int MANY = 51;

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    private void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("ann"));
    }

    @Test
    public void promisesAreFoundByWordsAndByPagesAndCountedForWhoSeesThemAll() throws Exception {
        secure();
        jenkins.jenkins.setNumExecutors(0);
        fixture.orchestration("waits", "report data: 1", PromiseFixture.input("PART", "string", false));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            ids.add(fixture.submit("waits", "PART=part" + i));
        }
        JenkinsRule.WebClient admin = jenkins.createWebClient().login("admin");

        HtmlPage first = admin.goTo("promises/");
        assertThat(first.asNormalizedText())
                .contains("all " + MANY, ids.get(MANY - 1))
                .doesNotContain(ids.get(0));
        HtmlPage older = first.getAnchorByText("Older promises").click();
        assertThat(older.asNormalizedText()).contains(ids.get(0)).doesNotContain(ids.get(1), "Older promises");

        HtmlPage found = admin.goTo("promises/?q=part7");
        assertThat(found.asNormalizedText()).contains(ids.get(7)).doesNotContain(ids.get(6));
        assertThat(admin.goTo("promises/?state=undelivered").asNormalizedText()).contains("No promise is like that.");
        assertThat(admin.goTo("job/waits/promises/?q=part9").asNormalizedText())
                .contains(ids.get(9))
                .doesNotContain(ids.get(8));
        assertThat(jenkins.createWebClient().login("ann").goTo("promises/").asNormalizedText())
                .contains(ids.get(MANY - 1))
                .doesNotContain("all " + MANY);
    }

    @Test
    public void logIsFollowedWhileItIsWrittenAndReadWholeAfterwards() throws Exception {
        Path gate = folder.getRoot().toPath().resolve("gate");
        fixture.worker("talks", "echo begun\nwhile [ ! -e '" + gate + "' ]; do sleep 0.2; done\necho ended")
                .getProperty(PromiseContract.class)
                .setToken(Secret.fromString(PromiseFixture.TOKEN));
        String id = fixture.submit("talks", "");
        String log = "promises/" + id + "/log";
        Eventually.until("it has begun", PATIENCE, () -> fixture.get(log + "?start=0", PromiseFixture.token())
                .body()
                .contains("begun"));
        HttpResponse<String> so = fixture.get(log + "?start=0", PromiseFixture.token());
        assertThat(so.headers().firstValue("X-More-Data")).hasValue("true");
        String size = so.headers().firstValue("X-Text-Size").orElseThrow();
        assertThat(fixture.get(log + "?start=" + size, PromiseFixture.token()).body())
                .isEmpty();

        Files.createFile(gate);
        fixture.settled(id);
        jenkins.waitUntilNoActivity();

        HttpResponse<String> rest = fixture.get(log + "?start=" + size, PromiseFixture.token());
        assertThat(rest.body()).contains("ended").doesNotContain("begun");
        assertThat(rest.headers().firstValue("X-More-Data")).isEmpty();
        assertThat(fixture.get(log, PromiseFixture.token()).body()).contains("begun", "ended");
        assertThat(jenkins.createWebClient().goTo("job/talks/1/").asNormalizedText())
                .contains("Promise FULFILLED", "Submitted by whoever has its token");
    }

    @Test
    public void filesOfThePagesAreAnsweredForOnlyIfThereAreNewOnes() throws Exception {
        secure();
        HttpResponse<String> script = fixture.get("promises/elements/timeline.js");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(script.body()).contains("promise-timeline");
        String tag = script.headers().firstValue("ETag").orElseThrow();
        assertThat(fixture.get("promises/elements/timeline.js", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(fixture.get("promises/elements/PromiseView.class").statusCode())
                .isEqualTo(404);
    }

    @Test
    public void weatherOfAJobIsHowItsLastPromisesEnded() throws Exception {
        WorkflowJob picks = fixture.orchestration(
                "picks", "report status: inputs.STATUS, reason: 'so'", PromiseFixture.input("STATUS", "string", true));
        for (String status : List.of("SUCCESS", "FAILURE", "SUCCESS")) {
            fixture.settled(fixture.submit("picks", "STATUS=" + status));
        }
        jenkins.waitUntilNoActivity();

        HealthReport weather = picks.getBuildHealthReports().stream()
                .filter(report -> report.getDescription().startsWith("Promises"))
                .findFirst()
                .orElseThrow();
        assertThat(weather.getDescription()).isEqualTo("Promises: 1 of the last 3 rejected");
        assertThat(weather.getScore()).isEqualTo(66);
    }
}
