package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.local.home.HomeSecrets;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.DocumentedPage;
import io.jenkins.plugins.promise.testing.DocumentedPage.Command;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Receiver;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The three farms of {@code examples/qa}: a good commit of QA itself reaches QA Production, a bad one does not, and is told.
 * Takes minutes; {@code mvn -Pqa verify -DskipTests} runs it.
 */
public class QaStory {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Receiver receiver;
    private Path repository;
    private Path farms;
    private Path bin;
    private Git git;
    private ConsoleSession reader;
    private List<Command> documented;
    private int production;
    private int test;
    private int qa;

    @Before
    public void bringUp() throws Exception {
        receiver = new Receiver();
        repository = folder.newFolder().toPath();
        farms = repository.resolve("work/farms");
        for (String suite : List.of("quote", "shop", "qa")) {
            new SuiteFolder(repository.resolve("examples/" + suite)).copyOf(Path.of("examples", suite), "");
        }
        production = freePort();
        test = freePort();
        qa = freePort();
        change("examples/qa/production.yaml", "8090", Integer.toString(production));
        change("examples/qa/qa.yaml", "8092", Integer.toString(qa));
        change("examples/qa/suite/jobs/qa-release/job.yaml", "8091", Integer.toString(test));
        change("examples/qa/suite/rehearsals/qa-release/good.yaml", "8091", Integer.toString(test));
        Files.writeString(repository.resolve(".gitignore"), "/work/\n/promise\n");
        git = Git.init().setDirectory(repository.toFile()).call();
        commit();
        bin = folder.newFolder().toPath();
        Path launcher = bin.resolve("promise");
        Files.writeString(launcher, "#!/usr/bin/env bash\nexec " + CommandProcess.shellCommand() + " \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        documented = new DocumentedPage(Path.of("docs/infrastructure.md")).runBy(QaStory.class);
        reader = new ConsoleSession(repository, qa);
        typed("farm up examples/qa/production.yaml");
        typed("farm up examples/qa/qa.yaml");
    }

    /** What the next command of the docs prints, which must be that one. */
    private String typed(String what) throws IOException {
        Command command = documented.remove(0);
        assertThat(command.text()).startsWith("promise " + what);
        String printed = reader.run(command.text().replace("8091", Integer.toString(test)));
        assertThat(printed.strip()).endsWith(ConsoleSession.EXIT + 0);
        return printed;
    }

    @After
    public void takeDown() throws Exception {
        farm("qa", "down", "--force");
        farm("production", "down", "--force");
        farm("production", "down", "--force", "--name", "qa-test", "--address", address(test));
        reader.close();
        git.close();
        receiver.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port;
    }

    private CommandProcess farm(String file, String... words) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("farm", words[0], "examples/qa/" + file + ".yaml"));
        arguments.addAll(List.of(words).subList(1, words.length));
        String home = List.of(words).contains("--name") ? "qa-test" : "qa-" + file;
        arguments.addAll(List.of("--home", farms.resolve(home).toString()));
        CommandProcess command =
                CommandProcess.start(repository, Map.of("PATH", bin + ":" + System.getenv("PATH")), arguments);
        command.await(PATIENCE);
        return command;
    }

    private void change(String file, String what, String then) throws IOException {
        String before = Files.readString(repository.resolve(file));
        assertThat(before).contains(what);
        Files.writeString(repository.resolve(file), before.replace(what, then));
    }

    private String commit() throws Exception {
        return SuiteFolder.commit(git);
    }

    /** Asks QA QA to release a commit, and waits for what it tells. */
    private JsonNode release(String commit) throws Exception {
        int before = receiver.messages().size();
        Map<String, String> inputs = new TreeMap<>();
        inputs.put("REPOSITORY", repository.toString());
        inputs.put("COMMIT", commit);
        inputs.put("FARMS", farms.toString());
        inputs.put("TEST_ADDRESS", address(test));
        inputs.put("REPORT_RETURN_URL", receiver.url("/ok"));
        Http.Answer answer = new Http(address(qa))
                .form(
                        "/promises/submit/qa-release",
                        inputs,
                        "Authorization",
                        "Bearer "
                                + Files.readString(farms.resolve("qa-qa/secrets/QA_TOKEN"))
                                        .strip());
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        JsonNode report = receiver.await(before + 1, PATIENCE).get(before).json();
        assertThat(report.at("/promise/id").asText())
                .isEqualTo(answer.json().path("id").asText());
        return report;
    }

    /** What runs in a farm: the process, and what its common names stand for. */
    private String seen(String name, int port) throws Exception {
        JsonNode running =
                Json.mapper().readTree(Files.readAllBytes(farms.resolve(name).resolve("running.json")));
        return running.path("controller").asLong() + " "
                + running.path("restarts").asInt() + " " + jobs(name, port);
    }

    private String jobs(String name, int port) throws Exception {
        String token = HomeSecrets.of(farms.resolve(name).resolve("home"))
                .orElseThrow()
                .readOperatorToken()
                .orElseThrow();
        Map<String, String> latest = new TreeMap<>();
        new Http(address(port))
                .get("/promises/jobs", "Authorization", "Bearer " + token)
                .json()
                .path("jobs")
                .forEach(j ->
                        latest.put(j.path("name").asText(), j.path("latest").asText()));
        return latest.toString();
    }

    @Test
    public void onlyWhatIsGoodReachesProduction() throws Exception {
        String first = seen("qa-production", production);
        long started = System.nanoTime();

        change("examples/quote/jobs/price/price.sh", "total = 12 +", "total = 14 +");
        change("examples/qa/production.yaml", "count: 2", "count: 3");
        String good = commit();
        String told = typed("submit qa-release");
        JsonNode released = Json.mapper().readTree(told.substring(told.indexOf("{\n"), told.lastIndexOf('}') + 1));
        assertThat(released.path("status").asText()).as(released.toString()).isEqualTo("SUCCESS");
        assertThat(released.at("/data/driven/lost").asText()).isEqualTo("0");
        assertThat(released.at("/data/parts/quote").asText()).hasSize(64);
        String second = seen("qa-production", production);
        assertThat(second).isNotEqualTo(first).contains("price-v2-");
        assertThat(Files.readString(farms.resolve("qa-production/commit")).strip())
                .isEqualTo(good);
        assertThat(typed("farm status examples/qa/production.yaml --name qa-test"))
                .contains(": up");
        // QA QA does not release itself: QA Production has brought it to the same commit.
        Eventually.until(
                "QA QA is what the commit says",
                PATIENCE,
                () -> Files.exists(farms.resolve("qa-qa/commit"))
                        && Files.readString(farms.resolve("qa-qa/commit"))
                                .strip()
                                .equals(good));

        // A rehearsal fails: it stops at QA QA.
        change("examples/quote/jobs/quote/quote.groovy", "phase('price')", "phase('prize')");
        stops(commit(), "a rehearsal of examples/quote fails", second);
        change("examples/quote/jobs/quote/quote.groovy", "phase('prize')", "phase('price')");

        // What no rehearsal knows, for workers are answers there: it stops at QA Test.
        change("examples/quote/jobs/measure/Measure.java", "sixVolumes / 6", "sixVolumes / 7");
        stops(commit(), "volume_mm3", second);
        change("examples/quote/jobs/measure/Measure.java", "sixVolumes / 7", "sixVolumes / 6");

        // A farm whose ledger nobody reaches does not come up.
        change(
                "examples/qa/production.yaml",
                "workers:",
                "controllers: { ledger: 'postgresql://qa@127.0.0.1:1/qa' }\nworkers:");
        stops(commit(), "production.yaml does not come up", second);

        System.out.println("four releases in "
                + Duration.ofNanos(System.nanoTime() - started).toSeconds() + " s");
    }

    private void stops(String commit, String why, String productionBefore) throws Exception {
        JsonNode told = release(commit);
        assertThat(told.path("status").asText()).as(told.toString()).isEqualTo("FAILURE");
        assertThat(told.path("reason").asText()).contains(why);
        assertThat(seen("qa-production", production)).isEqualTo(productionBefore);
    }
}
