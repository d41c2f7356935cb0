package io.jenkins.plugins.promise.local.watching;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.generation.SuiteGenerator;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.suite.GeneratedFiles;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jgit.api.Git;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** Two components of a real repository, web and api, and local controllers that watch them. */
final class WatchedShop extends ExternalResource {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String PUSH = "/promises/components/push";
    static final String SECRET = "a secret of webhooks";
    static final String ZEROS = "0".repeat(40);
    static final WatchSettings TOLD = new WatchSettings(SECRET, null, RepositoryPolicy.ANY);

    private final TemporaryFolder folder = new TemporaryFolder();
    private final List<LocalController> controllers = new ArrayList<>();
    private Path source;
    private Path home;
    private Git git;
    private Components components;
    private Http http;

    @Override
    protected void before() throws Throwable {
        folder.create();
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

    @Override
    protected void after() {
        controllers.forEach(LocalController::close);
        git.close();
        folder.delete();
    }

    Path source() {
        return source;
    }

    Path home() {
        return home;
    }

    Git git() {
        return git;
    }

    Http http() {
        return http;
    }

    List<WatchedComponent> components() {
        return components.watched();
    }

    Path newFolder() throws IOException {
        return folder.newFolder().toPath();
    }

    void write(String name, String content) throws IOException {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    String commit() throws Exception {
        SuiteFolder.commit(git);
        return head();
    }

    String head() throws IOException {
        return git.getRepository().resolve("HEAD").name();
    }

    /** A controller that watches nothing yet. */
    LocalController controller() throws IOException {
        return controller(new Controllers(home));
    }

    private LocalController controller(Controllers how) throws IOException {
        Path out = folder.getRoot().toPath().resolve("suite");
        new GeneratedFiles(out, "promise component generate").write(new SuiteGenerator().files(components));
        LocalController controller = how.start(new SuiteFolder(out));
        controllers.add(controller);
        http = new Http(controller.url());
        return controller;
    }

    /** One that keeps its promises where others do, in a home of its own; it watches nothing yet. */
    LocalController sharing(LedgerLocation ledger) throws IOException {
        return controller(new Controllers(newFolder()).ledger(ledger));
    }

    void start(WatchSettings how) throws IOException {
        start(components(), how);
    }

    void start(List<WatchedComponent> watched, WatchSettings how) throws IOException {
        controller().watch("shop", watched, false, how);
    }

    void stop() {
        controllers.forEach(LocalController::close);
        controllers.clear();
    }

    JsonNode known() throws Exception {
        return http.get("/promises/components").json();
    }

    JsonNode component(String name) throws Exception {
        for (JsonNode one : known().path("components")) {
            if (one.path("component").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError(name);
    }

    void awaitPassed(String name, String commit) throws Exception {
        Eventually.until(
                name + " has passed at " + commit,
                PATIENCE,
                () -> component(name).path("passed").asText().equals(commit));
    }

    String told() throws Exception {
        return known().path("branches").path(0).path("told").asText();
    }

    void awaitTold(String part) throws Exception {
        Eventually.until("told: " + part, PATIENCE, () -> told().contains(part));
    }

    int builds(String component) throws Exception {
        return http.get("/promises?state=all&job=" + component + "-build-test")
                .json()
                .path("promises")
                .size();
    }

    /** Starts, and waits until both components have passed as they are. */
    String passed() throws Exception {
        start(TOLD);
        awaitPassed("web", head());
        awaitPassed("api", head());
        return head();
    }

    static String plain(Path repository, String branch) {
        return "{\"repository\": \"" + repository + "\", \"branch\": \"" + branch + "\"}";
    }

    /** Somebody who has the secret tells of a push. */
    Http.Answer pushed(String branch) throws Exception {
        return http.json(PUSH, plain(source, branch), "Authorization", "Bearer " + SECRET);
    }

    String github(String ref, String after) {
        return "{\"ref\": \"" + ref + "\", \"before\": \"" + ZEROS + "\", \"after\": \"" + after
                + "\", \"repository\": {\"clone_url\": \"" + source + "\"}}";
    }

    static String signature(String body, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    Http.Answer signed(String body, String event, String secret) throws Exception {
        return http.json(PUSH, body, "X-GitHub-Event", event, "X-Hub-Signature-256", signature(body, secret));
    }
}
