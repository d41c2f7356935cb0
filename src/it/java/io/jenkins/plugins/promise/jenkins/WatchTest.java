package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.config.WatchConfiguration;
import io.jenkins.plugins.promise.jenkins.watching.JenkinsWatch;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Components that a real Jenkins builds because somebody pushed to a real repository. */
public final class WatchTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);
    private WatchFixture watch;

    @Before
    public void prepare() throws Exception {
        jenkins.jenkins.setNumExecutors(4);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("ann")
                .grant(Jenkins.READ, PromisePermissions.DEPLOY)
                .everywhere()
                .to("dora")
                .grant(Jenkins.READ)
                .everywhere()
                .to("will")
                .grant(Item.READ)
                .onPaths("web-build-test")
                .to("will"));
        watch = new WatchFixture(fixture, folder.getRoot().toPath().resolve("source"));
        watch.made();
        watch.jobs();
    }

    /** Has both components watched, and waits until they have passed as they are. */
    private String passed() throws Exception {
        WatchFixture.watch(null);
        watch.declared();
        return watch.passed();
    }

    @Test
    public void aPushToGithubBuildsOnceWhatHasChangedHoweverOftenItIsTold() throws Exception {
        String before = passed();
        String after = watch.committed("web/a.txt", "2");

        for (int i = 0; i < 3; i++) {
            assertThat(watch.pushed().statusCode()).isEqualTo(202);
        }

        watch.awaitPassed("web", after);
        assertThat(watch.pushed().statusCode()).isEqualTo(202);
        watch.awaitTold("nothing has changed at " + after.substring(0, 7));
        assertThat(watch.known("api").path("passed").asText()).isEqualTo(before);
        assertThat(WatchFixture.started("web")).isEqualTo(2);
        assertThat(WatchFixture.started("api")).isEqualTo(1);
        JsonNode promise = fixture.settled(watch.known("web").path("promise").asText(), fixture.user("admin"));
        assertThat(promise.at("/submitter/name").asText()).startsWith("a push to main of ");
    }

    @Test
    public void aPushToGitlabIsBelievedWithItsToken() throws Exception {
        passed();
        String after = watch.committed("api/a.txt", "2");

        refused(
                403,
                "X-Gitlab-Token is not the secret",
                watch.push(watch.gitlab(), "X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", "another"));
        assertThat(watch.push(watch.gitlab(), "X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", WatchFixture.SECRET)
                        .statusCode())
                .isEqualTo(202);

        watch.awaitPassed("api", after);
    }

    @Test
    public void aPlainPushIsBelievedOfWhoHasTheSecretOrMayDeploy() throws Exception {
        passed();
        String second = watch.committed("web/a.txt", "2");

        refused(401, "a push needs the signature of a webhook", watch.push(watch.plain()));
        refused(
                403,
                "the token is not the secret of pushes",
                watch.push(watch.plain(), "Authorization", "Bearer another"));
        refused(
                403,
                "ann is missing the permission Promise jobs/Deploy",
                watch.push(watch.plain(), fixture.user("ann")));
        nothingWasLookedAt(second);
        assertThat(watch.push(watch.plain(), "Authorization", "Bearer " + WatchFixture.SECRET)
                        .statusCode())
                .isEqualTo(202);
        watch.awaitPassed("web", second);
        String third = watch.committed("web/a.txt", "3");
        assertThat(watch.push(watch.plain(), fixture.user("dora")).statusCode()).isEqualTo(202);
        watch.awaitPassed("web", third);
    }

    @Test
    public void whatIsNoPushOfOursStartsNothingAndIsNamed() throws Exception {
        passed();
        String second = watch.committed("web/a.txt", "2");
        String good = watch.github("refs/heads/main");
        String secret = WatchFixture.SECRET;
        String signature = WatchFixture.signature(good, secret);

        refused(403, "is not that of this body", watch.signed(good, "push", "another secret"));
        refused(
                403,
                "is not that of this body",
                watch.push(good + " ", "X-GitHub-Event", "push", "X-Hub-Signature-256", signature));
        refused(401, "X-Hub-Signature-256 is missing", watch.push(good, "X-GitHub-Event", "push"));
        refused(401, "X-Gitlab-Token is missing", watch.push(good, "X-Gitlab-Event", "Push Hook"));
        refused(
                401,
                "X-Hub-Signature-256 is missing",
                watch.push(good, "X-GitHub-Event", "push", "Authorization", "Bearer " + secret));
        refused(400, "cannot be read", watch.signed("{no json", "push", secret));
        refused(400, "JSON object", watch.signed("[]", "push", secret));
        refused(400, "under ref", watch.signed(good.replace("\"ref\"", "\"rev\""), "push", secret));
        refused(
                404,
                "no component is of the repository",
                watch.signed(good.replace("/source", "/fork"), "push", secret));
        refused(413, "at most", watch.signed("{\"a\": \"" + "x".repeat(6 << 20) + "\"}", "push", secret));
        refused(
                400,
                "Content-Type must be application/json",
                fixture.post(
                        "promises/components/push",
                        "payload=x",
                        "X-GitHub-Event",
                        "push",
                        "X-Hub-Signature-256",
                        WatchFixture.signature("payload=x", secret)));
        assertThat(watch.signed(good, "ping", secret).body()).contains("about no push");
        assertThat(watch.signed(watch.github("refs/tags/v1"), "push", secret).body())
                .contains("no component is built from refs/tags/v1");

        nothingWasLookedAt(second);
    }

    /** What is told now is looked at after all that was told before; it finds what was there at first. */
    private void nothingWasLookedAt(String pushed) throws Exception {
        String before = watch.git("rev-parse", pushed + "~1");
        watch.git("reset", "-q", "--hard", before);
        assertThat(watch.pushed().statusCode()).isEqualTo(202);
        watch.awaitTold("nothing has changed at " + before.substring(0, 7));
        assertThat(WatchFixture.started("web")).isEqualTo(1);
        watch.git("reset", "-q", "--hard", pushed);
    }

    private static void refused(int status, String why, HttpResponse<String> answer) {
        assertThat(answer.body()).contains(why);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    /** A page that an administrator has open must not push in their place. */
    @Test
    public void aSessionWithoutACrumbTellsNothingWhateverItLooksLike() throws Exception {
        passed();
        String second = watch.committed("web/a.txt", "2");
        JenkinsRule.WebClient browser = jenkins.createWebClient().login("admin");
        browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(
                URI.create(fixture.url("promises/components/push")).toURL(), HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/json");
        request.setRequestBody(watch.plain());

        assertThat(browser.loadWebResponse(request).getContentAsString()).contains("No valid crumb");
        request.setAdditionalHeader("X-GitHub-Event", "push");
        assertThat(browser.loadWebResponse(request).getContentAsString()).contains("X-Hub-Signature-256 is missing");
        request.setAdditionalHeader("X-Hub-Signature-256", WatchFixture.signature(watch.plain(), "a guess"));
        assertThat(browser.loadWebResponse(request).getStatusCode()).isEqualTo(403);
        request.removeAdditionalHeader("X-GitHub-Event");
        request.removeAdditionalHeader("X-Hub-Signature-256");
        request.setUrl(URI.create(fixture.url("promises/components/push?token=a-guess"))
                .toURL());
        assertThat(browser.loadWebResponse(request).getContentAsString())
                .contains("the token is not the secret of pushes");
        nothingWasLookedAt(second);
    }

    @Test
    public void pollingFindsWhatNobodyTold() throws Exception {
        WatchFixture.watch("1s");
        watch.declared();
        watch.passed();

        watch.awaitPassed("web", watch.committed("web/a.txt", "2"));
        assertThat(WatchFixture.started("web")).isEqualTo(2);
    }

    @Test
    public void whatIsConfiguredHoldsAtOnce() throws Exception {
        refused(404, "no components are watched here", fixture.get("promises/components", fixture.user("admin")));
        assertThat(watch.declare(List.of(watch.component("web")), fixture.user("dora"))
                        .body())
                .contains("\"watched\":false");
        refused(403, "no secret is set", watch.pushed());
        WatchFixture.watch(null);

        assertThat(watch.pushed().statusCode()).isEqualTo(202);
        watch.awaitPassed("web", watch.git("rev-parse", "HEAD"));
        WatchConfiguration.get().setWatched(false);
        refused(404, "no components are watched here", watch.pushed());
    }

    @Test
    public void aForcedPushIsToldAndNothingIsBuiltUntilSomebodySaysWhatHasPassed() throws Exception {
        String first = passed();
        String second = watch.committed("web/a.txt", "2");
        watch.pushed();
        watch.awaitPassed("web", second);
        watch.git("reset", "-q", "--hard", first);
        String other = watch.committed("api/a.txt", "other");

        watch.pushed();

        watch.awaitTold("force-pushed: " + second.substring(0, 7)
                + " is no longer part of it; nothing is started: web: the commit " + second
                + " is not part of the history");
        assertThat(WatchFixture.started("api")).isEqualTo(1);
        String said = "promises/components/web/passed?commit=";
        refused(403, "Promise jobs/Deploy", fixture.post(said + first, "", fixture.user("ann")));
        refused(400, "a whole hash, or none", fixture.post(said + "HEAD", "", fixture.user("dora")));
        assertThat(fixture.post(said + first, "", fixture.user("dora")).statusCode())
                .isEqualTo(200);
        watch.awaitPassed("api", other);
        assertThat(WatchFixture.started("web")).isEqualTo(2);
    }

    @Test
    public void aDeletedBranchAndARepositoryThatIsGoneAreToldAsSuch() throws Exception {
        String head = passed();
        Files.move(watch.source().resolve(".git"), watch.source().resolve("gone"));
        watch.pushed();
        watch.awaitTold("cannot be looked at: git ls-remote of " + watch.source() + " failed");
        Files.move(watch.source().resolve("gone"), watch.source().resolve(".git"));
        watch.git("checkout", "-q", "-b", "other");
        watch.git("branch", "-q", "-D", "main");

        watch.pushed();

        watch.awaitTold("the branch was deleted; nothing is started");
        assertThat(watch.branch().path("error").asText())
                .as("what went wrong last is still told")
                .contains("git ls-remote");
        assertThat(watch.known("web").path("passed").asText()).isEqualTo(head);
    }

    @Test
    public void whatHasFailedIsBuiltAgainWithTheNextCommitOnly() throws Exception {
        String good = passed();
        String broken = watch.committed("web/broken", "");
        watch.pushed();
        watch.awaitTold("web at " + broken.substring(0, 7) + ": web-build-test is ");
        fixture.settled(watch.known("web").path("promise").asText(), fixture.user("admin"));
        watch.pushed();
        watch.awaitTold("web at " + broken.substring(0, 7));
        assertThat(watch.known("web").path("passed").asText()).isEqualTo(good);
        watch.git("rm", "-q", "web/broken");

        String mended = watch.committed("web/a.txt", "3");
        watch.pushed();

        watch.awaitPassed("web", mended);
        assertThat(WatchFixture.started("web"))
                .as("at first, broken, and mended")
                .isEqualTo(3);
    }

    @Test
    public void onlyACommitOfTheBranchIsTakenForPassedWhoeverBuildsIt() throws Exception {
        String first = passed();
        watch.git("checkout", "-q", "-b", "other");
        String other = watch.committed("web/b.txt", "other");
        watch.git("checkout", "-q", "main");
        HttpResponse<String> accepted =
                fixture.post("promises/submit/web-build-test", "GIT_HASH=" + other, fixture.user("ann"));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        fixture.settled(Json.mapper().readTree(accepted.body()).path("id").asText(), fixture.user("admin"));
        String second = watch.committed("api/a.txt", "2");

        watch.pushed();

        watch.awaitPassed("api", second);
        assertThat(watch.known("web").path("passed").asText()).isEqualTo(first);
    }

    @Test
    public void onlyWhatIsAllowedIsDeclaredAndFetched() throws Exception {
        passed();
        WatchConfiguration.get().setRepositories("git.example\n*.corp.example");

        refused(
                400,
                "web: repository is in the folder " + watch.source() + ", which is not among the allowed repositories",
                watch.declare(List.of(watch.component("web")), fixture.user("dora")));
        watch.awaitTold("cannot be looked at: the repository " + watch.source());
        WatchConfiguration.get().setRepositories(watch.source().getParent().toString());
        watch.awaitTold("nothing has changed at ");
        assertThatThrownBy(() -> WatchConfiguration.get().setRepositories("https://git.example"))
                .hasMessageContaining("is no place of repositories");
    }

    @Test
    public void aComponentOfAnotherSuiteIsTakenOverOnlyOnRequest() throws Exception {
        passed();
        String other = "promises/components?suite=others";
        List<WatchedComponent> web = List.of(watch.component("web"));

        refused(409, "is of the suite shop", fixture.put(other, web, fixture.user("dora")));
        assertThat(fixture.put(other + "&takeOver=true", web, fixture.user("dora"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    public void whileJenkinsStartsItIsToldThatComponentsAreWatchedInAMoment() throws Exception {
        WatchFixture.watch(null);
        JenkinsController controller = PromiseFixture.controller();
        try (JenkinsWatch starting = new JenkinsWatch(
                folder.getRoot().toPath().resolve("clones"),
                controller.promises(),
                controller.ledger(),
                Clock.systemUTC())) {
            assertThatThrownBy(starting::openDesk).isInstanceOfSatisfying(Refused.class, e -> assertThat(e.why())
                    .isEqualTo(Refused.Why.UNAVAILABLE));
            WatchConfiguration.get().setWatched(false);
            assertThatThrownBy(starting::openDesk).isInstanceOfSatisfying(Refused.class, e -> assertThat(e.why())
                    .isEqualTo(Refused.Why.UNKNOWN));
        }
    }

    /** A byte now and then keeps no thread of Jenkins for longer. */
    @Test
    public void aBodyThatComesTooSlowlyIsGivenUp() throws Exception {
        WatchFixture.watch(null);
        URI url = URI.create(fixture.url("promises/components/push"));
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + url.getPath() + " HTTP/1.1\r\nHost: localhost\r\nX-GitHub-Event: push\r\n"
                            + "X-Hub-Signature-256: sha256=0\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 100000\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            Eventually.until("it is answered", Duration.ofSeconds(60), () -> {
                if (in.available() == 0) {
                    out.write(' ');
                    out.flush();
                }
                return in.available() > 0;
            });
            assertThat(new String(in.readNBytes(in.available()), StandardCharsets.UTF_8))
                    .contains("HTTP/1.1 400")
                    .contains("a push must be here within 30 s");
        }
    }

    @Test
    public void thePageSaysWhatIsWatchedToWhoMaySeeIt() throws Exception {
        String head = passed();

        HtmlPage page = jenkins.createWebClient().login("ann").goTo("promises/components");
        assertThat(page.asNormalizedText())
                .contains("Pushes are told by webhooks.", "web", "api", head.substring(0, 7), "main")
                .doesNotContain("All branches are looked at every");
        WatchConfiguration.get().setPoll("5m");
        assertThat(jenkins.createWebClient()
                        .login("ann")
                        .goTo("promises/components")
                        .asNormalizedText())
                .contains("All branches are looked at every 5m.");
        assertThat(jenkins.createWebClient()
                        .login("dora")
                        .goTo("promises/components")
                        .asNormalizedText())
                .as("who may see no job of a component")
                .contains("There is no component yet.")
                .doesNotContain(watch.source().toString());
        assertThat(watch.known(fixture.user("dora")).path("branches")).isEmpty();
        JsonNode seen = watch.known(fixture.user("will"));
        assertThat(seen.path("components")).hasSize(1);
        assertThat(seen.at("/components/0/component").asText()).isEqualTo("web");
        assertThat(seen.path("branches"))
                .as("what is told of the branch names api too")
                .isEmpty();
        refused(401, "", fixture.get("promises/components"));
    }

    @Test
    public void onlyWhoMayDeployDeclaresAndNothingThatGitMustNotBeGiven() throws Exception {
        WatchFixture.watch(null);
        refused(
                403,
                "ann is missing the permission Promise jobs/Deploy",
                watch.declare(List.of(watch.component("web")), fixture.user("ann")));
        String[] dora = fixture.user("dora");
        for (String bad :
                List.of("ext::sh -c 'touch /tmp/x'", "--upload-pack=touch", "https://u:p@git.example/a.git")) {
            refused(400, "web: repository ", watch.declare(List.of(WatchFixture.component("web", bad)), dora));
        }
        refused(400, "is no component's name", watch.declare(List.of(watch.component("../web")), dora));
        WatchedComponent web = watch.component("web");
        WatchedComponent other = new WatchedComponent(
                "web",
                web.repository(),
                "main",
                web.watch(),
                List.of(),
                List.of("api-build-test"),
                List.of(),
                List.of());
        refused(400, "'api-build-test' is no job of it", watch.declare(List.of(other), dora));
        refused(400, "declared twice", watch.declare(List.of(watch.component("web"), watch.component("web")), dora));
        refused(400, "suite", fixture.put("promises/components", List.of(), dora));
        refused(400, "lacks what each must have", fixture.put("promises/components?suite=a", List.of(1), dora));
        assertThat(watch.known(fixture.user("admin")).path("components")).isEmpty();
    }

    @Test
    public void whatASuiteIsNotMadeOfAnyMoreIsNotWatchedAnyLonger() throws Exception {
        passed();
        assertThat(watch.declare(List.of(watch.component("api")), fixture.user("admin"))
                        .statusCode())
                .isEqualTo(200);
        watch.committed("web/a.txt", "2");
        String after = watch.committed("api/a.txt", "2");

        watch.pushed();

        watch.awaitPassed("api", after);
        assertThat(watch.known(fixture.user("admin")).path("components")).hasSize(1);
        assertThat(WatchFixture.started("web")).isEqualTo(1);
        Eventually.until("nothing is built", WatchFixture.PATIENCE, () -> jenkins.jenkins
                .getQueue()
                .isEmpty());
    }
}
