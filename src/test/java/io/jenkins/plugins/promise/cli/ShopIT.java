package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.DocumentedOutput;
import io.jenkins.plugins.promise.testing.DocumentedPage;
import io.jenkins.plugins.promise.testing.DocumentedPage.Command;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** examples/shop: changes of one component on their way through test to production, with real processes and servers. */
@Category(Whole.class)
public class ShopIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path shop;
    private Path place;
    private Path home;
    private CommandProcess controller;
    private Process testServer;
    private Process productionServer;
    private Http http;
    private int testPort;
    private int productionPort;

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** A copy of the example that puts everything below the test's own folder. */
    @Before
    public void prepare() throws IOException {
        shop = folder.newFolder("shop").toPath();
        place = folder.getRoot().toPath().resolve("place");
        home = folder.newFolder().toPath();
        testPort = freePort();
        productionPort = freePort();
        Path example = Path.of("examples/shop").toAbsolutePath();
        List<Path> files;
        try (Stream<Path> all = Files.walk(example)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = shop.resolve(example.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.writeString(
                    copy,
                    Files.readString(file)
                            .replace("/tmp/promise-shop", place.toString())
                            .replace("18071", Integer.toString(testPort))
                            .replace("18072", Integer.toString(productionPort))
                            .replace(
                                    "release: bash ../release.sh prices-api",
                                    "release: while [ -e " + place
                                            + "/hold ]; do sleep 0.1; done; bash ../release.sh prices-api"));
        }
    }

    @After
    public void stop() {
        for (Process server : new Process[] {testServer, productionServer}) {
            if (server != null) {
                server.destroyForcibly();
            }
        }
        if (controller != null) {
            controller.close();
        }
    }

    private String runs(String environment, String component) throws IOException {
        return Files.readString(place.resolve(environment).resolve(component).resolve("commit"))
                .strip();
    }

    @Test
    public void oneChangeGoesToProductionAndOneThatBreaksAnotherComponentIsTurnedDown() throws Exception {
        CommandProcess day = CommandProcess.start(shop, Map.of(), List.of("try", shop.toString()));

        int exit = day.await(PATIENCE);

        assertThat(exit).as(day.err() + day.out()).isZero();
        Command documented =
                new DocumentedPage(Path.of("docs/qa.md")).runBy(ShopIT.class).get(0);
        assertThat(documented.text()).isEqualTo("promise try examples/shop");
        assertThat(DocumentedOutput.fits(documented.output(), day.err() + day.out()))
                .as(day.err() + day.out())
                .isTrue();
        JsonNode report = Json.mapper().readTree(day.out());
        assertThat(report.at("/data/broke").toString()).isEqualTo("[\"orders-api\"]");
        assertThat(report.path("reason").asText()).contains("rejected prices-api ", ": orders-api failed (");
        List<String> commits = commits();
        assertThat(runs("production", "prices-api")).isEqualTo(commits.get(1));
        assertThat(runs("test", "prices-api")).isEqualTo(commits.get(1));
        assertThat(runs("production", "orders-api")).isEqualTo(commits.get(2));
    }

    /** The latest first. */
    private List<String> commits() throws IOException, InterruptedException {
        Process log =
                new ProcessBuilder("git", "-C", place.resolve("repository").toString(), "log", "--format=%H").start();
        List<String> commits = new String(log.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        log.waitFor();
        return commits;
    }

    private void serve() throws Exception {
        controller = CommandProcess.start(
                home,
                Map.of(),
                List.of("serve", "--components", shop.toString(), "--open", "--port", "0", "--home", home.toString()));
        http = new Http(controller.url());
    }

    private String submit(String job, String inputs) throws Exception {
        Http.Answer answer = http.json("/promises/submit/" + job, inputs);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private JsonNode report(String id) throws Exception {
        http.settled(id, PATIENCE);
        return http.get("/promises/" + id + "/report").json();
    }

    private JsonNode succeeded(String job, String inputs) throws Exception {
        JsonNode report = report(submit(job, inputs));
        assertThat(report.path("status").asText()).as(job + ": " + report).isEqualTo("SUCCESS");
        return report.path("data");
    }

    private JsonNode production() throws Exception {
        return http.get("/promises/environments/production").json();
    }

    private Process server(String environment, int port) throws IOException {
        return new ProcessBuilder(
                        "python3",
                        shop.resolve("serve.py").toString(),
                        place.resolve(environment).toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private String integrated(String commit, String... components) throws Exception {
        StringBuilder inputs = new StringBuilder();
        for (String component : components) {
            succeeded(component + "-build-test-stage", "{\"GIT_HASH\": \"" + commit + "\"}");
            inputs.append(inputs.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(component.toUpperCase(Locale.ROOT).replace('-', '_'))
                    .append("_GIT_HASH\": \"")
                    .append(commit)
                    .append('"');
        }
        return succeeded("integrate", "{" + inputs + "}").path("manifest").asText();
    }

    /** A production with all of the shop, and a manifest with a better prices-api that passed. */
    private String readyToRelease() throws Exception {
        serve();
        JsonNode commits = succeeded("shop-repository", "{}");
        testServer = server("test", testPort);
        productionServer = server("production", productionPort);
        String first = integrated(commits.path("first").asText(), "prices-api", "orders-api", "web");
        succeeded("production-release", "{\"MANIFEST\": \"" + first + "\"}");
        return integrated(commits.path("better").asText(), "prices-api");
    }

    /** Submits it, and waits until what it does first runs, which goes on when it is let. */
    private String heldRelease(String manifest) throws Exception {
        Files.createFile(place.resolve("hold"));
        String id = submit("production-release", "{\"MANIFEST\": \"" + manifest + "\"}");
        awaitRelease(id);
        return id;
    }

    private void awaitRelease(String id) throws Exception {
        Eventually.until("prices-api is being released", PATIENCE, () -> http.get("/promises/" + id)
                .json()
                .at("/waitsFor/detail")
                .asText()
                .equals("the worker 'prices-api-release', which runs"));
    }

    @Test
    public void aReleaseWhoseControllerIsKilledInTheMiddleGoesOnAndComesToItsEnd() throws Exception {
        String better = readyToRelease();
        String id = heldRelease(better);
        controller.kill();
        serve();
        awaitRelease(id);
        controller.kill();
        serve();
        Files.delete(place.resolve("hold"));

        assertThat(report(id).path("reason").asText()).isEqualTo("manifest " + better + " is released");
        assertThat(production().at("/head/manifest").asText()).isEqualTo(better);
        assertThat(production().at("/condition/is").asText()).isEqualTo("CLEAN");
        assertThat(runs("production", "prices-api")).isEqualTo(commits().get(1));
    }

    @Test
    public void aReleaseThatIsGivenUpAfterAKillLeavesTheHeadWhereItWasAndWhoComesNextRestoresIt() throws Exception {
        String better = readyToRelease();
        String before = production().at("/head/manifest").asText();
        String id = heldRelease(better);
        controller.kill();
        serve();
        http.form("/promises/" + id + "/cancel", "");
        report(id);
        Eventually.until("the lease is free", PATIENCE, () -> !production().has("lease"));
        assertThat(production().at("/head/manifest").asText()).isEqualTo(before);
        assertThat(production().at("/condition/is").asText()).isEqualTo("DIRTY");
        Files.delete(place.resolve("hold"));

        CommandProcess back = CommandProcess.start(
                home, Map.of(), List.of("env", "rollback", "production", before, "--home", home.toString()));

        assertThat(back.await(PATIENCE)).as(back.err() + back.out()).isZero();
        assertThat(production().at("/condition/is").asText()).isEqualTo("CLEAN");
        assertThat(production().at("/head/manifest").asText()).isEqualTo(before);
        assertThat(runs("production", "prices-api")).isEqualTo(commits().get(2));
    }
}
