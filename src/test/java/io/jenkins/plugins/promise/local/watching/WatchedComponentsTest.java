package io.jenkins.plugins.promise.local.watching;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.generation.SuiteGenerator;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.suite.GeneratedFiles;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** Components that are built because somebody pushed; over HTTP, with a real repository and real workers. */
public class WatchedComponentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PUSH = "/promises/components/push";
    private static final String SECRET = "a secret of webhooks";
    private static final String ZEROS = "0".repeat(40);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path source;
    private Git git;
    private Components components;
    private Path home;
    private LocalController controller;
    private Http http;

    @Before
    public void prepare() throws Exception {
        source = folder.newFolder("source").toPath();
        home = folder.newFolder("home").toPath();
        git = Git.init().setDirectory(source.toFile()).setInitialBranch("main").call();
        write("web/a.txt", "1");
        write("api/a.txt", "1");
        commit();
        ComponentFolder files = new ComponentFolder(folder.newFolder("shop").toPath());
        for (String name : List.of("web", "api")) {
            files.file(
                    name + "/component.yaml",
                    "component: " + name + "\nrepository: " + source + "\npath: " + name
                            + "\nbuild: '[ ! -e broken ]'\ntest: 'true'\n");
        }
        components = new ComponentsReader().read(files.root());
        assertThat(components.errors()).isEmpty();
    }

    @After
    public void stop() {
        if (controller != null) {
            controller.close();
        }
        git.close();
    }

    private void write(String name, String content) throws IOException {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String commit() throws Exception {
        SuiteFolder.commit(git);
        return head();
    }

    private String head() throws IOException {
        return git.getRepository().resolve("HEAD").name();
    }

    private void start(Duration interval) throws IOException {
        Path out = folder.getRoot().toPath().resolve("suite");
        new GeneratedFiles(out, "promise component generate").write(new SuiteGenerator().files(components));
        controller = new Controllers(home).start(new SuiteFolder(out));
        http = new Http(controller.url());
        controller.watch("shop", components, SECRET, interval);
    }

    private JsonNode known() throws Exception {
        return http.get("/promises/components").json();
    }

    private JsonNode component(String name) throws Exception {
        for (JsonNode one : known().path("components")) {
            if (one.path("component").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError(name);
    }

    private void awaitPassed(String name, String commit) throws Exception {
        Eventually.until(
                name + " has passed at " + commit,
                PATIENCE,
                () -> component(name).path("passed").asText().equals(commit));
    }

    private String told() throws Exception {
        return known().path("branches").path(0).path("told").asText();
    }

    private void awaitTold(String part) throws Exception {
        Eventually.until("told: " + part, PATIENCE, () -> told().contains(part));
    }

    private int builds(String component) throws Exception {
        return http.get("/promises?state=all&job=" + component + "-build-test")
                .json()
                .path("promises")
                .size();
    }

    /** Starts, and waits until both components have passed as they are. */
    private String passed() throws Exception {
        start(null);
        awaitPassed("web", head());
        awaitPassed("api", head());
        return head();
    }

    private static String plain(Path repository, String branch) {
        return "{\"repository\": \"" + repository + "\", \"branch\": \"" + branch + "\"}";
    }

    private String github(String ref, String after) {
        return "{\"ref\": \"" + ref + "\", \"before\": \"" + ZEROS + "\", \"after\": \"" + after
                + "\", \"repository\": {\"clone_url\": \"" + source + "\"}}";
    }

    private static String signature(String body, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private Http.Answer signed(String body, String event, String secret) throws Exception {
        return http.json(PUSH, body, "X-GitHub-Event", event, "X-Hub-Signature-256", signature(body, secret));
    }

    @Test
    public void aPushToGithubBuildsOnlyWhatHasChanged() throws Exception {
        String before = passed();
        write("web/a.txt", "2");
        String after = commit();

        Http.Answer answer = signed(github("refs/heads/main", after), "push", SECRET);

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        awaitPassed("web", after);
        assertThat(component("api").path("passed").asText()).isEqualTo(before);
        assertThat(builds("api")).isEqualTo(1);
        assertThat(builds("web")).isEqualTo(2);
    }

    @Test
    public void aPushToGitlabIsBelievedWithItsToken() throws Exception {
        passed();
        write("api/a.txt", "2");
        String after = commit();
        String body = "{\"ref\": \"refs/heads/main\", \"project\": {\"git_http_url\": \"" + source + "\"}}";

        assertThat(http.json(PUSH, body, "X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", "another")
                        .status())
                .isEqualTo(403);
        assertThat(http.json(PUSH, body, "X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", SECRET)
                        .status())
                .isEqualTo(202);

        awaitPassed("api", after);
    }

    @Test
    public void theSameCommitToldOftenBuildsOnce() throws Exception {
        passed();
        write("web/broken", "");
        String after = commit();
        for (int i = 0; i < 5; i++) {
            assertThat(signed(github("refs/heads/main", after), "push", SECRET).status())
                    .isEqualTo(202);
            awaitTold("web at " + after.substring(0, 7));
            http.settled(component("web").path("promise").asText(), PATIENCE);
        }

        assertThat(builds("web")).isEqualTo(2);
        assertThat(component("web").path("passed").asText()).isNotEqualTo(after);
    }

    @Test
    @Category(Whole.class)
    public void whatHasFailedIsBuiltAgainWithTheNextPushWhateverThatIsAbout() throws Exception {
        passed();
        write("web/broken", "");
        String broken = commit();
        http.json(PUSH, plain(source, "main"), "Authorization", "Bearer " + SECRET);
        awaitTold("web at " + broken.substring(0, 7));
        http.settled(component("web").path("promise").asText(), PATIENCE);
        write("api/a.txt", "2");
        String after = commit();

        http.json(PUSH, plain(source, "main"), "Authorization", "Bearer " + SECRET);

        awaitPassed("api", after);
        assertThat(told()).contains("web at " + after.substring(0, 7));
    }

    @Test
    @Category(Whole.class)
    public void pollingFindsWhatNobodyTold() throws Exception {
        start(Duration.ofMillis(200));
        awaitPassed("web", head());
        write("web/a.txt", "2");

        awaitPassed("web", commit());
    }

    @Test
    @Category(Whole.class)
    public void whatWasPushedWhileNobodyWasHereIsFoundAtTheNextStart() throws Exception {
        passed();
        controller.close();
        write("web/a.txt", "2");
        String after = commit();
        start(null);

        awaitPassed("web", after);
    }

    @Test
    @Category(Whole.class)
    public void aForcedPushIsToldAndNothingIsBuiltUntilSomebodySaysWhatHasPassed() throws Exception {
        String first = passed();
        write("web/a.txt", "2");
        String second = commit();
        signed(github("refs/heads/main", second), "push", SECRET);
        awaitPassed("web", second);
        git.reset().setMode(ResetCommand.ResetType.HARD).setRef(first).call();
        write("api/a.txt", "other");
        String other = commit();

        signed(github("refs/heads/main", other), "push", SECRET);

        awaitTold("force-pushed: " + second.substring(0, 7)
                + " is no longer part of it; nothing is started: web: the commit " + second
                + " is not part of the history");
        assertThat(builds("api")).isEqualTo(1);
        assertThat(http.form("/promises/components/web/passed?commit=" + first, "")
                        .status())
                .isEqualTo(200);
        awaitPassed("api", other);
        assertThat(builds("web")).isEqualTo(2);
    }

    @Test
    @Category(Whole.class)
    public void aDeletedBranchIsToldAsSuch() throws Exception {
        String head = passed();
        git.checkout().setCreateBranch(true).setName("other").call();
        git.branchDelete().setBranchNames("main").setForce(true).call();

        signed(github("refs/heads/main", ZEROS), "push", SECRET);

        awaitTold("the branch was deleted; nothing is started");
        assertThat(component("web").path("passed").asText()).isEqualTo(head);
    }

    @Test
    public void whatIsNoPushOfOursStartsNothingAndIsNamed() throws Exception {
        passed();
        write("web/a.txt", "2");
        commit();
        String good = github("refs/heads/main", head());

        assertRefused(403, "is not that of this body", signed(good, "push", "another secret"));
        assertRefused(
                403,
                "is not that of this body",
                http.json(PUSH, good + " ", "X-GitHub-Event", "push", "X-Hub-Signature-256", signature(good, SECRET)));
        assertRefused(401, "X-Hub-Signature-256 is missing", http.json(PUSH, good, "X-GitHub-Event", "push"));
        assertRefused(401, "X-Gitlab-Token is missing", http.json(PUSH, good, "X-Gitlab-Event", "Push Hook"));
        assertRefused(400, "cannot be read", signed("{no json", "push", SECRET));
        assertRefused(400, "JSON object", signed("[]", "push", SECRET));
        assertRefused(400, "under ref", signed(good.replace("\"ref\"", "\"rev\""), "push", SECRET));
        assertRefused(404, "no component is of the repository", signed(good.replace("source", "fork"), "push", SECRET));
        assertRefused(
                400,
                "Content-Type must be application/json",
                http.form(
                        PUSH,
                        "payload=x",
                        "X-GitHub-Event",
                        "push",
                        "X-Hub-Signature-256",
                        signature("payload=x", SECRET)));
        assertRefused(413, "at most", signed("{\"a\": \"" + "x".repeat(6 << 20) + "\"}", "push", SECRET));
        assertThat(signed(good, "ping", SECRET).body()).contains("about no push");
        assertThat(signed(github("refs/tags/v1", head()), "push", SECRET).body())
                .contains("no component is built from refs/tags/v1");
        assertThat(signed(github("refs/heads/other", head()), "push", SECRET).body())
                .contains("no component is built from refs/heads/other");

        assertThat(builds("web")).isEqualTo(1);
    }

    private static void assertRefused(int status, String why, Http.Answer answer) {
        assertThat(answer.body()).contains(why);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    @Category(Whole.class)
    public void aRepositoryThatCannotBeReachedIsTold() throws Exception {
        passed();
        Files.move(source.resolve(".git"), source.resolve("gone"));

        http.json(PUSH, plain(source, "main"), "Authorization", "Bearer " + SECRET);

        awaitTold("cannot be looked at: git ls-remote of " + source + " failed");
    }

    @Test
    public void whereNothingIsWatchedThatIsTold() throws Exception {
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath()).worker("w", "true");
        controller = new Controllers(home).start(suite);
        http = new Http(controller.url());

        assertRefused(404, "no components are watched here", http.get("/promises/components"));
        assertRefused(404, "no components are watched here", http.json(PUSH, plain(source, "main")));
        assertRefused(403, "no secret is set", signed(github("refs/heads/main", ZEROS), "push", SECRET));
    }
}
