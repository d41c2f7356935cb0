package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code promise serve --watch} as an operator has it: a process, which may be killed. */
public class WatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path source;
    private Path components;

    @Before
    public void prepare() throws Exception {
        source = folder.newFolder("source").toPath();
        components = folder.newFolder("shop").toPath();
        Files.writeString(source.resolve("a.txt"), "1");
        try (Git git = Git.init()
                .setDirectory(source.toFile())
                .setInitialBranch("main")
                .call()) {
            SuiteFolder.commit(git);
        }
        new ComponentFolder(components)
                .file("web/component.yaml", "component: web\nrepository: " + source + "\npath: .\ntest: cat a.txt\n");
    }

    private CommandProcess serve() throws Exception {
        return serve(components);
    }

    private CommandProcess serve(Path made) throws Exception {
        return CommandProcess.start(
                folder.getRoot().toPath(),
                Map.of("HOOK", "hush"),
                List.of(
                        "serve",
                        "--components",
                        made.toString(),
                        "--watch",
                        "--push-secret",
                        "HOOK",
                        "--open",
                        "--port",
                        "0"));
    }

    private static void awaitPassed(Http http, String commit) throws Exception {
        Eventually.until("passed at " + commit, PATIENCE, () -> {
            JsonNode known = http.get("/promises/components").json();
            return known.path("components").path(0).path("passed").asText().equals(commit);
        });
    }

    @Test
    public void aPushThatWasToldToAControllerWhichIsKilledIsBuiltByTheNextOne() throws Exception {
        String first;
        String second;
        try (Git git = Git.open(source.toFile());
                CommandProcess serve = serve()) {
            first = git.getRepository().resolve("HEAD").name();
            Http http = new Http(serve.url());
            awaitPassed(http, first);
            Files.writeString(source.resolve("a.txt"), "2");
            SuiteFolder.commit(git);
            second = git.getRepository().resolve("HEAD").name();
            Http.Answer told = http.json(
                    "/promises/components/push",
                    "{\"ref\": \"refs/heads/main\", \"project\": {\"git_http_url\": \"" + source + "\"}}",
                    "X-Gitlab-Event",
                    "Push Hook",
                    "X-Gitlab-Token",
                    "hush");
            assertThat(told.status()).as(told.body()).isEqualTo(202);
            serve.kill();
        }
        try (CommandProcess serve = serve()) {
            awaitPassed(new Http(serve.url()), second);
        }
    }

    /** What was deployed to a home before is still there, and still built: that is told, and how it ends. */
    @Test
    public void componentsOfAnEarlierSuiteAreToldAndNotWatchedAnyMoreOnceItIsMadeOfNone() throws Exception {
        try (CommandProcess serve = serve()) {
            assertThat(serve.url()).isNotEmpty();
            serve.interrupt();
            assertThat(serve.await()).isNotNegative();
        }
        Path others = folder.newFolder("others").toPath();
        new ComponentFolder(others)
                .file("lib/component.yaml", "component: lib\nrepository: " + source + "\npath: .\ntest: cat a.txt\n");
        Path written = folder.newFolder("written", "shop").toPath();
        new SuiteFolder(written).worker("w", "true");
        try (CommandProcess serve = serve(others)) {
            Http http = new Http(serve.url());
            assertThat(serve.err()).contains("watched too: web, of the suite shop, until that is deployed without it");
            assertThat(http.get("/promises/components").json().path("components"))
                    .hasSize(2);

            Told deployed = Told.by(
                    List.of("deploy", written.toString(), "--dirty", "--controller", serve.url(), "--token", ""));

            assertThat(deployed.exit()).as(deployed.err()).isZero();
            assertThat(http.get("/promises/components")
                            .json()
                            .at("/components/0/component")
                            .asText())
                    .isEqualTo("lib");
            assertThat(http.get("/promises/components").json().path("components"))
                    .hasSize(1);
        }
    }

    @Test
    public void whatDoesNotGoTogetherIsTold() {
        assertThat(Told.by(List.of("serve", components.toString(), "--watch")).err())
                .contains("--watch goes with --components FOLDER");
        assertThat(Told.by(List.of("serve", "--components", components.toString(), "--poll", "5m"))
                        .err())
                .contains("--poll, --push-secret and --allow-repository go with --watch");
        assertThat(Told.by(List.of(
                                "serve",
                                "--components",
                                components.toString(),
                                "--watch",
                                "--push-secret",
                                "NO_SUCH_VARIABLE"))
                        .err())
                .contains("--push-secret NO_SUCH_VARIABLE: there is no such variable");
        assertThat(Told.by(List.of(
                                "serve",
                                "--components",
                                components.toString(),
                                "--watch",
                                "--allow-repository",
                                "10.0.0.0/8"))
                        .err())
                .contains("--allow-repository: '10.0.0.0/8' is no place of repositories");
        assertThat(Told.by(List.of("serve", "--components", components.toString(), "--max-files", "0"))
                        .err())
                .contains("--max-files-bytes and --max-files must be at least 1");
    }
}
