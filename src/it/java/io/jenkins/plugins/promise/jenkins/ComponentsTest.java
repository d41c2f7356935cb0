package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.recipes.WithTimeout;

/**
 * Two components of a git repository, built, tested together and released on a real Jenkins: all that people do is done by
 * the command line, in processes of its own. It must have been built, by {@code pom.xml}.
 */
public final class ComponentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int MINUTES = 10;

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, String> tokens = new LinkedHashMap<>();
    private Path source;
    private Path places;

    @Before
    public void prepare() throws Exception {
        String jar = System.getProperty("promise.jar");
        assumeTrue("the command line is not built", jar != null && Files.exists(Path.of(jar)));
        jenkins.jenkins.setNumExecutors(4);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("ann", "rita", "paul")
                .grant(PromisePermissions.RELEASE)
                .everywhere()
                .to("rita")
                .grant(PromisePermissions.APPROVE)
                .everywhere()
                .to("paul"));
        for (String user : List.of("admin", "ann", "rita", "paul")) {
            tokens.put(user, jenkins.createApiToken(User.getById(user, true)));
        }
        source = folder.newFolder("source").toPath();
        places = folder.newFolder("places").toPath();
        components();
    }

    /** What a part costs, and the page that shows it; what is released is a folder, and its probe reads a file there. */
    private void components() throws Exception {
        file(
                "prices/component.yaml",
                """
                component: prices
                build: mkdir -p build && echo 1270 > build/cube
                test: "[ $(cat build/cube) -gt 0 ]"
                stage: mkdir -p %1$s/staged && cp -r build %1$s/staged/prices-${GIT_HASH}
                release: |
                  mkdir -p ${FOLDER}
                  ln -sfn %1$s/staged/prices-${GIT_HASH} ${FOLDER}/prices
                  echo ${GIT_HASH} > ${FOLDER}/prices.commit
                probe: cat ${FOLDER}/prices.commit
                integration: "[ $(cat ${FOLDER}/prices/cube) -gt 0 ]"
                environments:
                  test:       { FOLDER: %1$s/test }
                  production: { FOLDER: %1$s/production }
                """
                        .formatted(places));
        file(
                "web/component.yaml",
                """
                component: web
                test: grep -q '<h1>' page.html
                release: |
                  mkdir -p ${FOLDER}
                  cp page.html ${FOLDER}/page.html
                integration: "[ $(cat ${FOLDER}/prices/cube) -lt 10000 ]"
                environments:
                  test:       { FOLDER: %1$s/test }
                  production: { FOLDER: %1$s/production }
                depends: [prices]
                """
                        .formatted(places));
        file("web/page.html", "<h1>Parts</h1>\n");
        file(
                "environments.yaml",
                """
                test:       { integration: true }
                production: { after: test, approve: true }
                """);
        git("init", "-q", "-b", "main");
    }

    private void file(String name, String text) throws IOException {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String git(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=ann", "-c", "user.email=ann@example.org"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(source.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes()).strip();
        assertThat(git.waitFor(1, TimeUnit.MINUTES) && git.exitValue() == 0)
                .as(said)
                .isTrue();
        return said;
    }

    /** The price of a cube, committed and deployed; the commit. */
    private String priced(int price) throws Exception {
        Path file = source.resolve("prices/component.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst("echo [0-9]+", "echo " + price));
        git("add", "-A");
        git("commit", "-qm", "A cube costs " + price);
        assertThat(promise("admin", "deploy", "--components", source.toString()))
                .contains("deployed: ", "declared   test", "declared   production");
        return git("rev-parse", "HEAD");
    }

    private CommandProcess run(String user, String... arguments) throws Exception {
        Map<String, String> environment = Map.of(
                "PROMISE_CONTROLLER",
                jenkins.getURL().toString().replaceFirst("/$", ""),
                "PROMISE_USER",
                user + ":" + tokens.get(user));
        CommandProcess command = CommandProcess.start(folder.getRoot().toPath(), environment, List.of(arguments));
        command.await(PATIENCE);
        return command;
    }

    /** What a command says that succeeds. */
    private String promise(String user, String... arguments) throws Exception {
        CommandProcess command = run(user, arguments);
        assertThat(command.await())
                .as(String.join(" ", arguments) + "\n" + command.out() + command.err())
                .isZero();
        return command.out();
    }

    /** What a command complains of that does not. */
    private String refused(String user, String... arguments) throws Exception {
        CommandProcess command = run(user, arguments);
        assertThat(command.await()).as(command.out()).isNotZero();
        return command.err();
    }

    private JsonNode environment(String name) throws Exception {
        return Json.mapper().readTree(promise("ann", "env", "show", name, "--json"));
    }

    private String manifest(String environment) throws Exception {
        return environment(environment).at("/head/manifest").asText();
    }

    /** Waits until the promise waits for somebody to approve, has it approved, and waits for its report. */
    private void approved(String id, String manifest) throws Exception {
        Eventually.until("it waits for an approval", PATIENCE, () -> promise("ann", "status", id)
                .contains("promise env approve production " + manifest));
        assertThat(refused("rita", "env", "approve", "production", manifest)).contains("Promise jobs/Approve");
        assertThat(promise("paul", "env", "approve", "production", manifest))
                .isEqualTo(manifest + " may go to production, says paul\n");
        assertThat(promise("ann", "status", id, "--watch")).contains("FULFILLED");
    }

    private void release(String manifest) throws Exception {
        approved(
                Json.mapper()
                        .readTree(promise("rita", "submit", "production-release", "-i", "MANIFEST=" + manifest))
                        .path("id")
                        .asText(),
                manifest);
    }

    private void integrated(String commit) throws Exception {
        promise("rita", "submit", "prices-build-test-stage", "-i", "GIT_HASH=" + commit, "--wait");
        assertThat(promise("rita", "submit", "integrate", "-i", "PRICES_GIT_HASH=" + commit, "--wait"))
                .contains("passed in manifest");
    }

    @Test
    @WithTimeout(MINUTES * 60)
    public void whatPassedTogetherIsReleasedRolledBackAndFrozenAndWhatBreaksADependentIsTurnedDown() throws Exception {
        String first = priced(1270);
        assertThat(promise("ann", "env", "list")).isEqualTo("test  nothing yet\nproduction  nothing yet\n");
        promise("rita", "submit", "prices-build-test-stage", "-i", "GIT_HASH=" + first, "--wait");
        promise("rita", "submit", "web-build-test", "-i", "GIT_HASH=" + first, "--wait");
        assertThat(promise(
                        "rita",
                        "submit",
                        "integrate",
                        "-i",
                        "PRICES_GIT_HASH=" + first,
                        "-i",
                        "WEB_GIT_HASH=" + first,
                        "--wait"))
                .contains("candidate 1 passed in manifest");
        assertThat(promise("ann", "env", "show", "test")).contains("  prices  " + first, "  web  " + first);
        String one = manifest("test");
        release(one);
        assertThat(promise("ann", "env", "list")).isEqualTo("test  " + one + "\nproduction  " + one + "\n");
        assertThat(places.resolve("production/prices.commit")).hasContent(first);

        String second = priced(1300);
        integrated(second);
        String two = manifest("test");
        assertThat(promise("ann", "env", "diff", "production", "test"))
                .isEqualTo("prices  " + first + " → " + second + "\n");
        release(two);
        assertThat(places.resolve("production/prices/cube")).hasContent("1300");

        String dear = priced(12_700);
        promise("rita", "submit", "prices-build-test-stage", "-i", "GIT_HASH=" + dear, "--wait");
        assertThat(run("rita", "submit", "integrate", "-i", "PRICES_GIT_HASH=" + dear, "--wait")
                        .out())
                .contains("web failed", "without it that passes");
        assertThat(promise("ann", "env", "candidates", "test"))
                .startsWith("candidate 3  REJECTED  rejected prices " + dear + ": web failed");
        assertThat(manifest("production")).isEqualTo(two);

        assertThat(refused("ann", "env", "rollback", "production")).contains("Promise jobs/Release");
        assertThat(promise("rita", "env", "rollback", "production"))
                .isEqualTo("SUCCESS: manifest " + one + " is released\n");
        assertThat(places.resolve("production/prices/cube")).hasContent("1270");
        assertThat(promise("ann", "env", "history", "production").lines().filter(l -> !l.startsWith(" ")))
                .hasSize(3)
                .element(0)
                .asString()
                .startsWith("3  " + one + "  ROLLED_BACK");

        assertThat(promise("rita", "env", "freeze", "production", "--why", "a fair"))
                .isEqualTo("production  " + one + "  frozen by rita: a fair\n");
        assertThat(run("rita", "submit", "production-release", "-i", "MANIFEST=" + two, "--wait")
                        .out())
                .contains("FAILURE", "a fair");
        assertThat(promise("rita", "env", "freeze", "production", "--lift")).isEqualTo("production  " + one + "\n");
    }
}
