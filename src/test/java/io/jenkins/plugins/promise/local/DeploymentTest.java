package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.NoOpWorkers;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import io.jenkins.plugins.promise.testing.ZipEdit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** Versions come, serve and go, over HTTP. */
public class DeploymentTest {
    private static final String ZIP = "application/zip";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY = 50;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final SuiteReader reader = new SuiteReader(new OrchestrationCompiler());
    private Path home;
    private SuiteFolder suite;
    private Git git;
    private LocalController controller;
    private Http http;

    @Before
    public void start() throws Exception {
        home = folder.newFolder().toPath();
        SuiteFolder other = new SuiteFolder(folder.newFolder().toPath()).worker("idle", "true");
        controller = new Controllers(home).start(other);
        http = new Http(controller.url());
        Path root = folder.newFolder().toPath();
        git = Git.init().setDirectory(root.toFile()).call();
        suite = new SuiteFolder(root)
                .worker("one", "echo '{\"status\":\"SUCCESS\",\"data\":1}' > report.json")
                .worker("two", "echo '{\"status\":\"SUCCESS\",\"data\":1}' > report.json")
                .orchestration("inner", "report data: worker(job: 'one').data")
                .orchestration("outer", "report data: worker(job: 'inner').data")
                .orchestration("aside", "report data: worker(job: 'two').data");
    }

    @After
    public void stop() {
        git.close();
        controller.close();
    }

    private Bundle commit() throws Exception {
        SuiteFolder.commit(git);
        Suite read = reader.read(suite.root());
        assertThat(read.errors()).isEmpty();
        return new SuiteCompiler(reader, Map.of()).compile(read);
    }

    private static byte[] bytes(Bundle bundle) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bundle.write(out);
        return out.toByteArray();
    }

    private Http.Answer deploy(byte[] bundle) throws Exception {
        return http.post("/promises/deploy", ZIP, bundle);
    }

    private JsonNode deployed(Bundle bundle) throws Exception {
        Http.Answer answer = deploy(bytes(bundle));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Map<String, String> changes(JsonNode plan) {
        Map<String, String> changes = new TreeMap<>();
        plan.path("versions")
                .forEach(v ->
                        changes.put(v.path("name").asText(), v.path("change").asText()));
        return changes;
    }

    private Map<String, String> latest() throws Exception {
        Map<String, String> latest = new TreeMap<>();
        http.get("/promises/jobs")
                .json()
                .path("jobs")
                .forEach(j ->
                        latest.put(j.path("name").asText(), j.path("latest").asText()));
        return latest;
    }

    private Connection ledger() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ledger/ledger.db"));
    }

    private void alter(String sql) throws SQLException {
        try (Connection ledger = ledger();
                Statement statement = ledger.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All that is deployed, file by file, and what is on its way in. */
    private Set<String> files() throws IOException, SQLException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.list(home.resolve("deployed/incoming"));
                Connection ledger = ledger();
                Statement query = ledger.createStatement();
                ResultSet rows = query.executeQuery("SELECT coalesce(version, 'left'), file.upload, path, part"
                        + " FROM version_file AS file LEFT JOIN version ON version.upload = file.upload")) {
            all.forEach(p -> files.add(p.toString()));
            while (rows.next()) {
                files.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3) + " " + rows.getInt(4));
            }
        }
        return files;
    }

    private String submit(String job) throws Exception {
        Http.Answer answer = http.form("/promises/submit/" + job, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private JsonNode report(String id) throws Exception {
        http.settled(id, PATIENCE);
        return http.get("/promises/" + id + "/report").json();
    }

    @Test
    public void deploysOnceAndOnlyWhatChanged() throws Exception {
        Bundle first = commit();
        assertThat(changes(deployed(first)).values()).containsOnly("NEW");
        Set<String> before = files();
        JsonNode again = deployed(first);
        assertThat(changes(again).values()).containsOnly("UNCHANGED");
        assertThat(again.path("moves")).isEmpty();
        assertThat(files()).isEqualTo(before);

        suite.worker("one", "echo '{\"status\":\"SUCCESS\",\"data\":2}' > report.json");
        Map<String, String> oldNames = latest();
        JsonNode plan = deployed(commit());

        assertThat(changes(plan))
                .isEqualTo(
                        Map.of("one", "NEW", "inner", "NEW", "outer", "NEW", "two", "UNCHANGED", "aside", "UNCHANGED"));
        assertThat(plan.path("moves")).hasSize(3);
        assertThat(latest().get("two")).isEqualTo(oldNames.get("two"));
        assertThat(report(submit("outer")).path("data").asInt()).isEqualTo(2);
        assertThat(report(submit(oldNames.get("outer"))).path("data").asInt())
                .as("the old version goes on calling the old ones")
                .isEqualTo(1);
    }

    @Test
    public void whatWasSubmittedToAVersionGoesOnWithIt() throws Exception {
        Path gate = folder.getRoot().toPath().resolve("gate");
        suite.orchestration("inner", "worker job: 'hold'\nreport data: worker(job: 'one').data")
                .worker("hold", "while [ ! -e '" + gate + "' ]; do sleep 0.05; done");
        deployed(commit());
        String running = submit("outer");
        Eventually.until("it holds", PATIENCE, () -> http.get("/promises?state=open")
                .json()
                .path("promises")
                .findValuesAsText("state")
                .contains("RUNNING"));
        suite.worker("one", "echo '{\"status\":\"SUCCESS\",\"data\":2}' > report.json");
        deployed(commit());
        Files.createFile(gate);

        assertThat(report(running).path("data").asInt()).isEqualTo(1);
    }

    @Test
    public void aDryRunChangesNothing() throws Exception {
        Set<String> before = files();
        Http.Answer plan = http.post("/promises/deploy?dryRun=true", ZIP, bytes(commit()));

        assertThat(plan.json().path("dryRun").asBoolean()).isTrue();
        assertThat(changes(plan.json()).values()).containsOnly("NEW");
        assertThat(plan.json().path("moves")).hasSize(5);
        assertThat(files()).isEqualTo(before);
        assertThat(http.post("/promises/deploy?dryRun=yes", ZIP, bytes(commit()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    public void whatCannotBeTakenChangesNothing() throws Exception {
        Bundle bundle = commit();
        deployed(bundle);
        Set<String> before = files();
        Map<String, String> names = latest();
        suite.worker("one", "echo other");
        Bundle next = commit();
        String version = next.versions().get(0).version();
        byte[] bytes = bytes(next);

        assertThat(deploy(new byte[10]).status()).isEqualTo(400);
        assertThat(deploy(new ZipEdit(bytes).with("../../evil", "x")).body()).contains("a path that is not allowed");
        assertThat(deploy(new ZipEdit(bytes).with(version + "/files/run.sh", "x"))
                        .body())
                .contains(version, "is damaged");
        assertThat(deploy(new byte[(1 << 20) + 1]).status()).isEqualTo(413);
        assertThat(http.post("/promises/deploy", ZIP, bytes, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);

        assertThat(files()).isEqualTo(before);
        assertThat(latest()).isEqualTo(names);
    }

    @Test
    public void aVersionThatExistsWithOtherContentIsRefused() throws Exception {
        Bundle bundle = commit();
        deployed(bundle);
        Set<String> before = files();
        Deployed known = version(bundle, "two").deployed();
        suite.worker("two", "echo forged");
        Release other = version(commit(), "two");
        Deployed forged = new Deployed(
                known.version(),
                known.name(),
                known.kind(),
                known.contract(),
                known.about(),
                known.script(),
                known.label(),
                other.deployed().content(),
                known.uses());

        Http.Answer answer =
                deploy(bytes(new Bundle(bundle.suite(), List.of(new Release(forged, null, other.files())), Map.of())));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).contains("a version never changes", known.version());
        assertThat(files()).isEqualTo(before);
    }

    private static Release version(Bundle bundle, String name) {
        return bundle.releases().stream()
                .filter(r -> r.deployed().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void aFailureInTheMiddleLeavesNothingBehind() throws Exception {
        Bundle bundle = commit();
        Set<String> before = files();
        Map<String, String> names = latest();
        // The index cannot be written; all files are by then.
        alter("CREATE TRIGGER in_the_way BEFORE INSERT ON version BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");

        Http.Answer answer = deploy(bytes(bundle));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("detail").asText()).contains("nothing was deployed");
        alter("DROP TRIGGER in_the_way");
        assertThat(files()).isEqualTo(before);
        assertThat(latest()).isEqualTo(names);
        assertThat(http.form("/promises/submit/one", "").status()).isEqualTo(404);
        assertThat(changes(deployed(bundle)).values()).containsOnly("NEW");
    }

    @Test
    public void rollsBackAndNothingElseMoves() throws Exception {
        deployed(commit());
        Map<String, String> first = latest();
        suite.worker("one", "echo '{\"status\":\"SUCCESS\",\"data\":2}' > report.json");
        deployed(commit());
        Map<String, String> second = latest();

        JsonNode move = http.form("/promises/rollback/outer", "").json();

        assertThat(move.path("from").asText()).isEqualTo(second.get("outer"));
        assertThat(move.path("to").asText()).isEqualTo(first.get("outer"));
        Map<String, String> expected = new TreeMap<>(second);
        expected.put("outer", first.get("outer"));
        assertThat(latest()).isEqualTo(expected);
        assertThat(report(submit("outer")).path("data").asInt()).isEqualTo(1);
        assertThat(report(submit("inner")).path("data").asInt()).isEqualTo(2);
        assertThat(http.form("/promises/rollback/outer?to=" + second.get("outer"), "")
                        .status())
                .isEqualTo(200);
        assertThat(report(submit("outer")).path("data").asInt()).isEqualTo(2);

        assertThat(http.form("/promises/rollback/two", "").status()).isEqualTo(409);
        assertThat(http.form("/promises/rollback/outre", "").body()).contains("did you mean 'outer'?");
        assertThat(http.form("/promises/rollback/outer?to=" + second.get("inner"), "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    public void aRestartFindsWhatWasDeployed() throws Exception {
        deployed(commit());
        suite.worker("one", "echo '{\"status\":\"SUCCESS\",\"data\":2}' > report.json");
        deployed(commit());
        http.form("/promises/rollback/outer", "");
        Map<String, String> names = latest();
        controller.close();
        // As a kill in the middle of a deployment leaves it: a folder that no index knows.
        Files.createDirectories(home.resolve("deployed/half-v1-1234567/files"));

        controller =
                new Controllers(home).start(new SuiteFolder(folder.newFolder().toPath()).worker("idle", "true"));
        http = new Http(controller.url());

        assertThat(latest()).isEqualTo(names);
        assertThat(home.resolve("deployed/half-v1-1234567")).doesNotExist();
        assertThat(report(submit("outer")).path("data").asInt()).isEqualTo(1);
    }

    @Test
    public void prunesOverHttpAndTellsWhy() throws Exception {
        Path gate = folder.getRoot().toPath().resolve("gate");
        suite.worker("two", "while [ ! -e '" + gate + "' ]; do sleep 0.05; done");
        deployed(commit());
        Map<String, String> first = latest();
        String open = submit("aside");
        suite.worker("one", "echo 2").worker("two", "echo 2");
        deployed(commit());
        Instant longAgo = Instant.now().minus(Duration.ofDays(8));
        try (Connection ledger = ledger();
                PreparedStatement use = ledger.prepareStatement("UPDATE version SET used = ? WHERE version = ?")) {
            use.setLong(1, longAgo.toEpochMilli());
            for (String version : first.values()) {
                use.setString(2, version);
                assertThat(use.executeUpdate()).isEqualTo(1);
            }
        }
        Eventually.until(
                "aside has called two",
                PATIENCE,
                () -> http.form("/promises/prune?dryRun=true", "").body().split("its promises is open", -1).length
                        == 3);
        // What is called is unpacked beside.
        Eventually.until(
                "two has been unpacked", PATIENCE, () -> files().stream().noneMatch(f -> f.contains("incoming")));
        Set<String> before = files();

        JsonNode dry = http.form("/promises/prune?dryRun=true", "").json();
        assertThat(files()).isEqualTo(before);
        JsonNode pruned = http.form("/promises/prune", "").json();

        assertThat(pruned.path("verdicts")).isEqualTo(dry.path("verdicts"));
        Map<String, String> kept = new TreeMap<>();
        pruned.path("verdicts")
                .forEach(
                        v -> kept.put(v.path("version").asText(), v.path("kept").asText("")));
        assertThat(kept.get(first.get("outer"))).isEmpty();
        assertThat(kept.get(first.get("inner"))).isEmpty();
        assertThat(kept.get(first.get("one"))).isEmpty();
        assertThat(kept.get(first.get("aside"))).contains("open");
        assertThat(kept.get(first.get("two"))).isNotEmpty();
        assertThat(home.resolve("deployed").resolve(first.get("outer"))).doesNotExist();
        assertThat(http.form("/promises/submit/" + first.get("outer"), "").status())
                .isEqualTo(404);
        assertThat(http.form("/promises/prune?olderThan=soon", "").status()).isEqualTo(400);
        Files.createFile(gate);
        assertThat(report(open).path("status").asText()).isEqualTo("SUCCESS");
    }

    @Test
    public void onlyTheOperatorChangesWhatIsDeployed() throws Exception {
        controller.close();
        home = folder.newFolder().toPath();
        controller = new Controllers(home)
                .closed()
                .variable("IDLE_TOKEN", "idle-token")
                .start(new SuiteFolder(folder.newFolder().toPath()).worker("idle", "true", "token: ${IDLE_TOKEN}"));
        http = new Http(controller.url());
        byte[] bundle = bytes(commit());
        for (String path : List.of("/promises/deploy", "/promises/prune", "/promises/rollback/idle")) {
            assertThat(http.post(path, ZIP, bundle).status()).as(path).isEqualTo(401);
            assertThat(http.post(path, ZIP, bundle, "Authorization", "Bearer idle-token")
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(http.post("/promises/deploy", ZIP, bundle, "Authorization", "Bearer " + controller.operatorToken())
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Category(Whole.class)
    public void submissionsDuringADeploymentAreServedByOneWholeVersion() throws Exception {
        generation(1);
        deployed(commit());
        generation(2);
        byte[] second = bytes(commit());
        AtomicBoolean deploying = new AtomicBoolean(true);
        List<String> submitted = new ArrayList<>();
        CompletableFuture<Http.Answer> deployment = new CompletableFuture<>();
        Thread deployer = new Thread(() -> {
            try {
                deployment.complete(new Http(controller.url()).post("/promises/deploy", ZIP, second));
            } catch (Exception e) {
                deployment.completeExceptionally(e);
            } finally {
                deploying.set(false);
            }
        });
        submitted.add(submit("whole"));
        deployer.start();
        while (deploying.get()) {
            submitted.add(submit("whole"));
        }
        submitted.add(submit("whole"));
        deployer.join();

        assertThat(deployment.get().status()).isEqualTo(200);
        Set<String> served = new TreeSet<>();
        for (String id : submitted) {
            JsonNode report = report(id);
            Set<String> generations = new TreeSet<>();
            report.path("data").forEach(d -> generations.add(d.asText()));
            assertThat(generations).as(report::toPrettyString).hasSize(1);
            served.addAll(generations);
        }
        assertThat(served).containsExactly("1", "2");
        assertThat(submitted.size()).isGreaterThan(2);
    }

    /** An orchestration and its workers, all of which tell which generation they are of. */
    private void generation(int number) {
        StringBuilder phase = new StringBuilder("def all = phase('all') {\n");
        for (int worker = 1; worker < MANY; worker++) {
            String name = "part" + worker;
            suite.worker(name, "echo '{\"status\":\"SUCCESS\",\"data\":" + number + "}' > report.json");
            if (worker % 16 == 0) {
                phase.append("    worker job: '").append(name).append("'\n");
            }
        }
        suite.orchestration("whole", phase + "}\nreport data: [" + number + "] + all.values().collect { it.data }");
    }

    @Test
    public void noOpWorkersAnswerWithTheirCannedReportsUnderNamesThatSaySo() throws Exception {
        suite.file("jobs/one/no-op.json", "{\"status\": \"SUCCESS\", \"data\": 42}");
        Map<String, String> real = new TreeMap<>();
        commit().versions().forEach(v -> real.put(v.name(), v.version()));
        Suite read = reader.read(suite.root());
        SuiteCompiler compiler = new SuiteCompiler(reader, Map.of());
        Bundle all = compiler.compile(read, NoOpWorkers.all(read));
        Bundle some = compiler.compile(read, new NoOpWorkers(Set.of("one")));

        deployed(all);
        assertThat(latest().get("one")).isEqualTo(real.get("one") + "-noop");
        assertThat(latest().get("outer")).startsWith(real.get("outer") + "-noop-");
        assertThat(report(submit("outer")).path("data").asInt()).isEqualTo(42);
        assertThat(report(submit("aside")).path("data").isNull()).isTrue();
        deployed(some);
        assertThat(latest().get("two")).isEqualTo(real.get("two"));
        assertThat(report(submit("aside")).path("data").asInt()).isEqualTo(1);
        assertThat(report(submit("outer")).path("data").asInt()).isEqualTo(42);

        assertThat(new NoOpWorkers(Set.of("onee")).problems(read))
                .extracting(Finding::toString)
                .containsExactly("jobs: there is no worker 'onee' in this suite; did you mean 'one'?");
        suite.file("jobs/one/no-op.json", "{\"status\": ");
        assertThat(NoOpWorkers.all(read).problems(read)).hasSize(1);
    }

    @Test
    public void twoDeploymentsAtOnceFollowEachOther() throws Exception {
        Bundle first = commit();
        byte[] firstBytes = bytes(first);
        suite.worker("one", "echo 2");
        Bundle second = commit();
        List<CompletableFuture<Integer>> both = new ArrayList<>();
        for (byte[] bytes : List.of(firstBytes, bytes(second))) {
            both.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return new Http(controller.url())
                            .post("/promises/deploy", ZIP, bytes)
                            .status();
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        for (CompletableFuture<Integer> one : both) {
            assertThat(one.get()).isEqualTo(200);
        }

        Set<String> wholeSets = new TreeSet<>();
        for (Bundle bundle : List.of(first, second)) {
            Map<String, String> names = new TreeMap<>();
            bundle.versions().forEach(v -> names.put(v.name(), v.version()));
            wholeSets.add(names.toString());
        }
        Map<String, String> names = latest();
        names.remove("idle");
        assertThat(wholeSets).contains(names.toString());
    }
}
