package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.util.Secret;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.config.WatchConfiguration;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.watching.component.Watch;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** Two components of a real repository, web and api, their jobs on a Jenkins, and who pushes to them. */
final class WatchFixture {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final String SECRET = "a secret of webhooks";
    static final String NOBODY = "0".repeat(40);
    private static final String PUSH = "promises/components/push";

    private final HttpClient http = HttpClient.newHttpClient();
    private final PromiseFixture fixture;
    private final Path source;

    /** A repository in a folder that may be there already. */
    WatchFixture(PromiseFixture fixture, Path source) {
        this.fixture = fixture;
        this.source = source;
    }

    Path source() {
        return source;
    }

    /** Makes the repository with a commit. */
    String made() throws Exception {
        Files.createDirectories(source);
        git("init", "-q", "-b", "main");
        return committed("web/a.txt", "1", "api/a.txt", "1");
    }

    /** Changes files, each name followed by what is in it, and commits them. */
    String committed(String... files) throws Exception {
        for (int i = 0; i < files.length; i += 2) {
            Path file = source.resolve(files[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, files[i + 1]);
        }
        git("add", "-A");
        git("commit", "-q", "-m", "m");
        return git("rev-parse", "HEAD");
    }

    String git(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=ann", "-c", "user.email=ann@example.org"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(source.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(git.waitFor(1, TimeUnit.MINUTES) && git.exitValue() == 0)
                .as(said)
                .isTrue();
        return said;
    }

    /** Makes the jobs that components have; a commit with a file named broken does not pass. */
    void jobs() throws Exception {
        fixture.worker(
                "look",
                "git --git-dir " + source + "/.git cat-file -e \"$GIT_HASH:$COMPONENT/broken\" && exit 1; exit 0",
                PromiseFixture.input("GIT_HASH", "string", true),
                PromiseFixture.input("COMPONENT", "string", true));
        for (String name : List.of("web", "api")) {
            fixture.orchestration(
                    name + "-build-test",
                    "phase('test') { worker job: 'look', inputs: [GIT_HASH: inputs.GIT_HASH, COMPONENT: '" + name
                            + "'] }",
                    PromiseFixture.input("GIT_HASH", "string", true));
        }
    }

    /** What a component's file says, as the command line declares it. */
    WatchedComponent component(String name) {
        return component(name, source.toString());
    }

    static WatchedComponent component(String name, String repository) {
        return new WatchedComponent(
                name,
                repository,
                "main",
                List.of(Watch.file(name)),
                List.of(),
                List.of(name + "-build-test-stage", name + "-build-test"),
                List.of(name + "-build-test"),
                List.of("test"));
    }

    HttpResponse<String> declare(List<WatchedComponent> components, String... headers) throws Exception {
        return fixture.put("promises/components?suite=shop", components, headers);
    }

    /** Declares both components, as whoever may. */
    void declared() throws Exception {
        HttpResponse<String> answer = declare(List.of(component("web"), component("api")), fixture.user("admin"));
        assertThat(answer.body()).contains("\"watched\":true");
    }

    /** Has components watched, as an administrator configures it. */
    static void watch(String poll) throws Exception {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", "", Secret.fromString(SECRET)));
        provider.save();
        WatchConfiguration configuration = WatchConfiguration.get();
        configuration.setWatched(true);
        configuration.setSecretCredentialsId("hook");
        configuration.setPoll(poll);
        configuration.save();
    }

    /** Tells of a push in JSON. */
    HttpResponse<String> push(String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(fixture.url(PUSH)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A webhook of GitHub. */
    HttpResponse<String> signed(String body, String event, String secret) throws Exception {
        return push(body, "X-GitHub-Event", event, "X-Hub-Signature-256", signature(body, secret));
    }

    /** A push to main, as GitHub tells it. */
    HttpResponse<String> pushed() throws Exception {
        return signed(github("refs/heads/main"), "push", SECRET);
    }

    static String signature(String body, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    String github(String ref) {
        return "{\"ref\": \"" + ref + "\", \"before\": \"" + NOBODY + "\", \"repository\": {\"clone_url\": \"" + source
                + "\"}}";
    }

    String gitlab() {
        return "{\"ref\": \"refs/heads/main\", \"project\": {\"git_http_url\": \"" + source + "\"}}";
    }

    String plain() {
        return "{\"repository\": \"" + source + "\", \"branch\": \"main\"}";
    }

    JsonNode known(String... headers) throws Exception {
        return Json.mapper()
                .readTree(fixture.get("promises/components", headers).body());
    }

    private JsonNode known() throws Exception {
        return known(fixture.user("admin"));
    }

    JsonNode known(String component) throws Exception {
        for (JsonNode one : known().path("components")) {
            if (one.path("component").asText().equals(component)) {
                return one;
            }
        }
        throw new AssertionError(component);
    }

    /** Waits until the build and the test of a component have passed at a commit. */
    void awaitPassed(String component, String commit) throws Exception {
        Eventually.until(
                component + " has passed at " + commit,
                PATIENCE,
                () -> known(component).path("passed").asText().equals(commit));
    }

    /** What is known of the branch. */
    JsonNode branch() throws Exception {
        return known().path("branches").path(0);
    }

    void awaitTold(String part) throws Exception {
        Eventually.until(
                "told: " + part, PATIENCE, () -> branch().path("told").asText().contains(part));
    }

    /** Waits until both components have passed as they are. */
    String passed() throws Exception {
        String head = git("rev-parse", "HEAD");
        awaitPassed("web", head);
        awaitPassed("api", head);
        return head;
    }

    /** How often the build and test of a component were started. */
    static int started(String component) {
        return PromiseFixture.controller()
                .ledger()
                .lists()
                .count(new PromiseQuery(PromiseQuery.Which.ALL, false, component + "-build-test", "", null, 100));
    }
}
