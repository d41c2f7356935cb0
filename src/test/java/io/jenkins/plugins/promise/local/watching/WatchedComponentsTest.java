package io.jenkins.plugins.promise.local.watching;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Whole;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import java.nio.file.Files;
import java.time.Duration;
import org.eclipse.jgit.api.ResetCommand;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** Components that are built because somebody pushed; over HTTP, with a real repository and real workers. */
public class WatchedComponentsTest {
    @Rule
    public final WatchedShop shop = new WatchedShop();

    @Test
    public void aPushToGithubBuildsOnlyWhatHasChanged() throws Exception {
        String before = shop.passed();
        shop.write("web/a.txt", "2");
        String after = shop.commit();

        Http.Answer answer = shop.signed(shop.github("refs/heads/main", after), "push", WatchedShop.SECRET);

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        shop.awaitPassed("web", after);
        assertThat(shop.component("api").path("passed").asText()).isEqualTo(before);
        assertThat(shop.builds("api")).isEqualTo(1);
        assertThat(shop.builds("web")).isEqualTo(2);
    }

    @Test
    public void aPushToGitlabIsBelievedWithItsToken() throws Exception {
        shop.passed();
        shop.write("api/a.txt", "2");
        String after = shop.commit();
        String body = "{\"ref\": \"refs/heads/main\", \"project\": {\"git_http_url\": \"" + shop.source() + "\"}}";

        assertThat(shop.http()
                        .json(WatchedShop.PUSH, body, "X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", "another")
                        .status())
                .isEqualTo(403);
        assertThat(shop.http()
                        .json(
                                WatchedShop.PUSH,
                                body,
                                "X-Gitlab-Event",
                                "Push Hook",
                                "X-Gitlab-Token",
                                WatchedShop.SECRET)
                        .status())
                .isEqualTo(202);

        shop.awaitPassed("api", after);
    }

    @Test
    public void theSameCommitToldOftenBuildsOnce() throws Exception {
        shop.passed();
        shop.write("web/broken", "");
        String after = shop.commit();
        for (int i = 0; i < 5; i++) {
            assertThat(shop.signed(shop.github("refs/heads/main", after), "push", WatchedShop.SECRET)
                            .status())
                    .isEqualTo(202);
            shop.awaitTold("web at " + after.substring(0, 7));
            shop.http().settled(shop.component("web").path("promise").asText(), WatchedShop.PATIENCE);
        }

        assertThat(shop.component("web").path("passed").asText()).isNotEqualTo(after);
        // What is told of another commit is looked at after all that was told before.
        shop.write("api/a.txt", "2");
        String next = shop.commit();
        shop.pushed("main");
        shop.awaitPassed("api", next);
        assertThat(shop.builds("web")).isEqualTo(3);
    }

    @Test
    @Category(Whole.class)
    public void whatHasFailedIsBuiltAgainWithTheNextPushWhateverThatIsAbout() throws Exception {
        shop.passed();
        shop.write("web/broken", "");
        String broken = shop.commit();
        shop.pushed("main");
        shop.awaitTold("web at " + broken.substring(0, 7));
        shop.http().settled(shop.component("web").path("promise").asText(), WatchedShop.PATIENCE);
        shop.write("api/a.txt", "2");
        String after = shop.commit();

        shop.pushed("main");

        shop.awaitPassed("api", after);
        assertThat(shop.told()).contains("web at " + after.substring(0, 7));
    }

    @Test
    @Category(Whole.class)
    public void pollingFindsWhatNobodyTold() throws Exception {
        shop.start(new WatchSettings(WatchedShop.SECRET, Duration.ofMillis(200), RepositoryPolicy.ANY));
        shop.awaitPassed("web", shop.head());
        shop.write("web/a.txt", "2");

        shop.awaitPassed("web", shop.commit());
    }

    @Test
    @Category(Whole.class)
    public void whatWasPushedWhileNobodyWasHereIsFoundAtTheNextStart() throws Exception {
        shop.passed();
        shop.stop();
        shop.write("web/a.txt", "2");
        String after = shop.commit();
        shop.start(WatchedShop.TOLD);

        shop.awaitPassed("web", after);
    }

    @Test
    @Category(Whole.class)
    public void aForcedPushIsToldAndNothingIsBuiltUntilSomebodySaysWhatHasPassed() throws Exception {
        String first = shop.passed();
        shop.write("web/a.txt", "2");
        String second = shop.commit();
        shop.signed(shop.github("refs/heads/main", second), "push", WatchedShop.SECRET);
        shop.awaitPassed("web", second);
        shop.git().reset().setMode(ResetCommand.ResetType.HARD).setRef(first).call();
        shop.write("api/a.txt", "other");
        String other = shop.commit();

        shop.signed(shop.github("refs/heads/main", other), "push", WatchedShop.SECRET);

        shop.awaitTold("force-pushed: " + second.substring(0, 7)
                + " is no longer part of it; nothing is started: web: the commit " + second
                + " is not part of the history");
        assertThat(shop.builds("api")).isEqualTo(1);
        assertThat(shop.http()
                        .form("/promises/components/web/passed?commit=" + first, "")
                        .status())
                .isEqualTo(200);
        shop.awaitPassed("api", other);
        assertThat(shop.builds("web")).isEqualTo(2);
    }

    @Test
    @Category(Whole.class)
    public void aDeletedBranchIsToldAsSuch() throws Exception {
        String head = shop.passed();
        shop.git().checkout().setCreateBranch(true).setName("other").call();
        shop.git().branchDelete().setBranchNames("main").setForce(true).call();

        shop.signed(shop.github("refs/heads/main", WatchedShop.ZEROS), "push", WatchedShop.SECRET);

        shop.awaitTold("the branch was deleted; nothing is started");
        assertThat(shop.component("web").path("passed").asText()).isEqualTo(head);
    }

    @Test
    public void whatIsNoPushOfOursStartsNothingAndIsNamed() throws Exception {
        shop.passed();
        shop.write("web/a.txt", "2");
        shop.commit();
        String good = shop.github("refs/heads/main", shop.head());

        assertRefused(403, "is not that of this body", shop.signed(good, "push", "another secret"));
        assertRefused(
                403,
                "is not that of this body",
                shop.http()
                        .json(
                                WatchedShop.PUSH,
                                good + " ",
                                "X-GitHub-Event",
                                "push",
                                "X-Hub-Signature-256",
                                WatchedShop.signature(good, WatchedShop.SECRET)));
        assertRefused(
                401,
                "X-Hub-Signature-256 is missing",
                shop.http().json(WatchedShop.PUSH, good, "X-GitHub-Event", "push"));
        assertRefused(
                401,
                "X-Gitlab-Token is missing",
                shop.http().json(WatchedShop.PUSH, good, "X-Gitlab-Event", "Push Hook"));
        assertRefused(400, "cannot be read", shop.signed("{no json", "push", WatchedShop.SECRET));
        assertRefused(400, "JSON object", shop.signed("[]", "push", WatchedShop.SECRET));
        assertRefused(400, "under ref", shop.signed(good.replace("\"ref\"", "\"rev\""), "push", WatchedShop.SECRET));
        assertRefused(
                404,
                "no component is of the repository",
                shop.signed(good.replace("source", "fork"), "push", WatchedShop.SECRET));
        assertRefused(
                400,
                "Content-Type must be application/json",
                shop.http()
                        .form(
                                WatchedShop.PUSH,
                                "payload=x",
                                "X-GitHub-Event",
                                "push",
                                "X-Hub-Signature-256",
                                WatchedShop.signature("payload=x", WatchedShop.SECRET)));
        assertRefused(
                413, "at most", shop.signed("{\"a\": \"" + "x".repeat(6 << 20) + "\"}", "push", WatchedShop.SECRET));
        assertThat(shop.signed(good, "ping", WatchedShop.SECRET).body()).contains("about no push");
        assertThat(shop.signed(shop.github("refs/tags/v1", shop.head()), "push", WatchedShop.SECRET)
                        .body())
                .contains("no component is built from refs/tags/v1");
        assertThat(shop.signed(shop.github("refs/heads/other", shop.head()), "push", WatchedShop.SECRET)
                        .body())
                .contains("no component is built from refs/heads/other");

        assertThat(shop.builds("web")).isEqualTo(1);
    }

    private static void assertRefused(int status, String why, Http.Answer answer) {
        assertThat(answer.body()).contains(why);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    @Category(Whole.class)
    public void aRepositoryThatCannotBeReachedIsTold() throws Exception {
        shop.passed();
        Files.move(shop.source().resolve(".git"), shop.source().resolve("gone"));

        shop.pushed("main");

        shop.awaitTold("cannot be looked at: git ls-remote of " + shop.source() + " failed");
    }

    @Test
    public void whereNothingIsWatchedThatIsTold() throws Exception {
        shop.controller();

        assertRefused(404, "no components are watched here", shop.http().get("/promises/components"));
        assertRefused(
                404,
                "no components are watched here",
                shop.http().json(WatchedShop.PUSH, WatchedShop.plain(shop.source(), "main")));
        assertRefused(
                403,
                "no secret is set",
                shop.signed(shop.github("refs/heads/main", WatchedShop.ZEROS), "push", WatchedShop.SECRET));
    }
}
