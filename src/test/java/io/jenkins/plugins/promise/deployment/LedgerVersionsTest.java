package io.jenkins.plugins.promise.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.LedgerCopy;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.EngineOfTest;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/** What a ledger keeps of versions, on both engines, and what is brought to a disk from it. */
@RunWith(Parameterized.class)
public class LedgerVersionsTest {
    private static final Logger LOGGER = Logger.getLogger(LedgerVersions.class.getName());
    private static final Logger CACHE = Logger.getLogger(VersionCache.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameterized.Parameter
    public String engine;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final SuiteReader reader = new SuiteReader(new OrchestrationCompiler());
    private LedgerLocation location;
    private Ledger ledger;
    private Path cache;
    private SuiteFolder suite;
    private Bundle bundle;
    private LedgerVersions store;
    private byte[] large;

    @Parameterized.Parameters(name = "{0}")
    public static List<String> engines() {
        return EngineOfTest.ALL;
    }

    @Before
    public void deploy() throws Exception {
        LOGGER.setLevel(Level.OFF);
        location = newLocation();
        cache = folder.newFolder().toPath().resolve("deployed");
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker("one", "echo 1", "token: ${ONE_TOKEN}")
                .worker("two", "echo 2")
                .orchestration("both", "worker job: 'one'\nworker job: 'two'");
        large = new byte[(5 << 19) + 1];
        new Random(1).nextBytes(large);
        Files.write(suite.root().resolve("jobs/one/large"), large);
        Files.write(suite.root().resolve("jobs/one/whole"), new byte[2 << 20]);
        Files.createFile(suite.root().resolve("jobs/one/empty"));
        bundle = compile();
        restart();
        assertThat(deploy(store, bundle)).isTrue();
    }

    @After
    public void close() throws IOException {
        LOGGER.setLevel(null);
        CACHE.setLevel(null);
        ledger.close();
    }

    private LedgerLocation newLocation() throws Exception {
        return EngineOfTest.newLocation(engine, folder.newFolder());
    }

    private Ledger ledger(String home) throws IOException {
        return Ledger.open(location, ControllerIdentity.begin(home, "http://" + home), Clock.systemUTC());
    }

    private void restart() throws IOException {
        if (ledger != null) {
            ledger.close();
        }
        ledger = ledger("home");
        store = LedgerVersions.open(ledger, cache, Clock.systemUTC());
    }

    private Bundle compile() throws IOException {
        return new SuiteCompiler(reader, Map.of("ONE_TOKEN", "s3cret")).compile(reader.read(suite.root()));
    }

    private static boolean deploy(VersionStore to, Bundle deployed) throws IOException {
        VersionIndex before = to.index();
        return to.deploy(added(deployed, before), before, before.deployed(deployed, Instant.now()));
    }

    private static List<Release> added(Bundle deployed, VersionIndex before) {
        return deployed.releases().stream()
                .filter(r -> !before.versions().containsKey(r.deployed().version()))
                .toList();
    }

    private Deployed job(String name) {
        return bundle.versions().stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String version(String name) {
        return job(name).version();
    }

    private int change(String sql, Object... values) throws IOException {
        return VersionContents.await(ledger.write(handle -> handle.execute(sql, values)));
    }

    private int count(String table) {
        return ledger.read(handle ->
                handle.select("SELECT count(*) FROM " + table).mapTo(int.class).one());
    }

    private void assertWhole(LedgerVersions versions, Path at) throws IOException {
        Path files = versions.files(job("one"));
        assertThat(files).isEqualTo(at.resolve(version("one")).resolve("files"));
        assertThat(files.resolve("large")).hasBinaryContent(large);
        assertThat(files.resolve("whole")).hasBinaryContent(new byte[2 << 20]);
        assertThat(files.resolve("empty")).isEmptyFile();
        assertThat(files.resolve("run.sh")).isExecutable();
        assertThat(versions.source(job("both")).parts().get(0).text()).contains("worker job: 'two'");
        assertThat(versions.incoming()).isEmptyDirectory();
    }

    @Test
    public void whatIsDeployedIsThereAfterARestartAndWithoutItsFolder() throws IOException {
        VersionIndex index = store.index();
        assertWhole(store, cache);
        DurableFiles.delete(cache);
        assertWhole(store, cache);

        DurableFiles.delete(cache);
        restart();

        assertThat(store.index()).isEqualTo(index);
        assertThat(store.all()).extracting(Deployed::name).containsExactly("both", "one", "two");
        assertThat(store.resolve("one")).contains(job("one"));
        assertThat(store.token("one")).contains(SubmitToken.of("s3cret"));
        assertThat(store.token("two")).isEmpty();
        assertWhole(store, cache);
        restart();
        assertWhole(store, cache);
    }

    @Test
    public void anIndexThatIsNoLongerWhatIsDeployedChangesNothing() throws IOException {
        VersionIndex old = store.index();
        suite.worker("two", "echo 22");
        Bundle next = compile();
        assertThat(deploy(store, next)).isTrue();
        VersionIndex now = store.index();
        assertThat(now.revision()).isGreaterThan(old.revision());

        assertThat(store.deploy(List.of(), old, old.moved("two", version("two"))))
                .isFalse();
        assertThat(store.remove(List.of(version("two")), old, old.without(List.of(version("two")))))
                .isFalse();

        assertThat(store.index()).isEqualTo(now);
        restart();
        assertThat(store.index()).isEqualTo(now);
        assertThat(store.files(job("two"))).isDirectory();
    }

    @Test
    public void controllersOfOneLedgerSeeEachOthersDeploymentsAndOneOfTwoAtOnceIsTooLate() throws Exception {
        assumeTrue(engine.equals("PostgreSQL"));
        Path otherCache = folder.newFolder().toPath().resolve("deployed");
        try (Ledger others = ledger("other")) {
            LedgerVersions other = LedgerVersions.open(others, otherCache, Clock.systemUTC());
            assertWhole(other, otherCache);
            VersionIndex before = other.index();
            suite.worker("three", "echo 3").worker("two", "echo 22");
            Bundle next = compile();
            assertThat(deploy(store, next)).isTrue();

            suite.worker("two", "echo 222");
            Bundle late = compile();
            assertThat(other.deploy(added(late, before), before, before.deployed(late, Instant.now())))
                    .isFalse();
            assertThat(other.index()).isEqualTo(store.index());
            assertThat(count("version_upload")).isEqualTo(count("version"));
            assertThat(deploy(other, late)).isTrue();
            Eventually.until("the same index", PATIENCE, () -> store.index().equals(other.index()));

            suite.worker("four", "echo 4");
            Bundle last = compile();
            assertThat(deploy(store, last)).isTrue();
            Deployed four = other.resolve("four").orElseThrow();
            assertThat(other.files(four).resolve("run.sh")).isExecutable();

            VersionIndex now = other.index();
            List<String> gone = List.of(next.versions().stream()
                    .filter(v -> v.name().equals("two"))
                    .findFirst()
                    .orElseThrow()
                    .version());
            assertThat(other.remove(gone, now, now.without(gone))).isTrue();
            Eventually.until("the same index", PATIENCE, () -> store.index().equals(other.index()));
            assertThat(store.resolve(gone.get(0))).isEmpty();
            assertThat(count("version_upload")).as("files of others too").isEqualTo(count("version"));
        }
    }

    @Test
    public void whatWasPrunedIsToldFromWhatWasNeverHere() throws Exception {
        String gone = version("both");
        VersionIndex before = store.index();
        assertThat(store.pruned(List.of(gone, "never-v1-aaaaaaa"))).isEmpty();
        assertThat(store.remove(List.of(gone), before, before.without(List.of(gone))))
                .isTrue();
        assertThat(store.pruned(List.of(gone, "never-v1-aaaaaaa"))).containsExactly(gone);
        assertThat(store.pruned(List.of())).isEmpty();

        assertThat(deploy(store, compile())).as("it comes back").isTrue();
        VersionIndex again = store.index();
        assertThat(store.remove(List.of(gone), again, again.without(List.of(gone))))
                .as("and is pruned again")
                .isTrue();
        assertThat(store.pruned(List.of(gone))).containsExactly(gone);
    }

    @Test
    public void theLastUseIsTheLatestOfAllControllers() throws Exception {
        Instant deployed = store.lastUsed(version("one"));
        assertThat(deployed).isEqualTo(store.index().versions().get(version("one")));
        Instant later = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        for (Instant time : List.of(later, later.minusSeconds(1800))) {
            LedgerVersions.open(ledger, cache, Clock.fixed(time, ZoneOffset.UTC))
                    .used(version("one"));
        }
        // What is written is written in the order in which it was asked for.
        change("UPDATE deployment SET revision = revision");
        assertThat(store.lastUsed(version("one"))).isEqualTo(later);
        assertThat(store.lastUsed(version("two"))).isEqualTo(deployed);
    }

    @Test
    public void whatIsPrunedLeavesNothing() throws IOException {
        assertWhole(store, cache);
        VersionIndex before = store.index();
        List<String> gone = List.of(version("one"), version("both"));

        assertThat(store.remove(gone, before, before.without(gone))).isTrue();

        assertThat(store.all()).extracting(Deployed::name).containsExactly("two");
        assertThat(store.index().names()).containsOnlyKeys("two");
        assertThat(cache.resolve(version("one"))).doesNotExist();
        assertThat(count("version")).isEqualTo(1);
        assertThat(count("version_upload")).isEqualTo(1);
        assertThat(count("version_file WHERE upload NOT IN (SELECT upload FROM version)"))
                .isZero();
        assertThatThrownBy(() -> store.files(job("one")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no longer deployed");
    }

    @Test
    public void whatAKilledControllerLeftIsRemovedAtTheStart() throws IOException {
        int files = count("version_file");
        change("INSERT INTO version_upload (upload, owner) VALUES ('half', 'killed')");
        change("INSERT INTO version_file (upload, path, part) VALUES ('half', 'files/run.sh', 0)");
        Files.createDirectories(cache.resolve("half-v1-1234567/files"));
        Files.createFile(store.incoming().resolve("bundle123.zip"));

        restart();

        assertThat(count("version_upload")).isEqualTo(3);
        assertThat(count("version_file")).isEqualTo(files);
        assertThat(store.incoming()).isEmptyDirectory();
        assertThat(cache.resolve("half-v1-1234567")).doesNotExist();
        assertWhole(store, cache);
    }

    @Test
    public void aFileThatIsSavedWhileItIsDeployedIsNotTakenForWhatItWas() throws IOException {
        int files = count("version_file");
        suite.worker("two", "echo 3");
        Bundle next = compile();
        suite.worker("two", "echo 4");
        VersionIndex before = store.index();

        assertThatThrownBy(() -> deploy(store, next))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed while they were deployed");

        assertThat(store.index()).isEqualTo(before);
        assertThat(count("version_file")).isEqualTo(files);
    }

    @Test
    public void aFileOnTheDiskThatIsNotWhatWasDeployedIsToldAndMadeAgain() throws IOException {
        Path script = store.files(job("two")).resolve("run.sh");
        String good = Files.readString(script);
        Files.writeString(script, "echo tampered");
        StringBuilder told = new StringBuilder();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                told.append(entry.getParameters()[0]).append(": ").append(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        restart();
        CACHE.addHandler(handler);
        CACHE.setUseParentHandlers(false);
        try {
            assertThat(store.files(job("two")).resolve("run.sh")).hasContent(good);
        } finally {
            CACHE.removeHandler(handler);
            CACHE.setUseParentHandlers(true);
        }
        assertThat(told).contains(version("two"), "are made again from the ledger");
    }

    @Test
    public void aVersionThatCannotBeReadIsSetAsideNamedAndMendedByDeployingItAgain() throws IOException {
        Map<String, String> damages = Map.of(
                "{\"version\": ",
                "version.json: line 1",
                "",
                "version.json",
                "{}",
                "is no version of a job",
                "null",
                "version.json is null",
                "{\"version\":\"" + version("one") + "\",\"name\":\"one\"}",
                "lacks its kind");
        for (Map.Entry<String, String> damage : damages.entrySet()) {
            change("UPDATE version SET description = ? WHERE version = ?", damage.getKey(), version("one"));
            restart();
            aside("one", damage.getValue());
        }
        change(
                "UPDATE version SET description = (SELECT description FROM version WHERE version = ?) WHERE version = ?",
                version("two"),
                version("one"));
        restart();
        aside("one", "it describes the version " + version("two"));
        mend("one");

        change("UPDATE version_file SET content = ? WHERE path = 'source.json'", new byte[] {'{'});
        restart();
        assertThatThrownBy(() -> store.source(job("both")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(version("both"));
        aside("both", "is not what was deployed");
        mend("both");
        assertWhole(store, cache);

        DurableFiles.delete(cache.resolve(version("two")));
        change("UPDATE version_file SET path = 'files/../../../out' WHERE path = 'files/run.sh'");
        restart();
        assertThatThrownBy(() -> store.files(job("two"))).hasMessageContaining("is not what was deployed");
        aside("two", "is not what was deployed");
        assertThat(cache.getParent().resolve("out")).doesNotExist();
    }

    private void aside(String name, String reason) {
        assertThat(store.broken()).extracting(BrokenVersion::version).containsExactly(version(name));
        assertThat(store.broken().get(0).reason())
                .contains("the version " + version(name) + " cannot be read", reason, "deploy it again")
                .doesNotContain(cache.toString());
        assertThat(store.resolve(name)).isEmpty();
        assertThat(store.broken(name)).isPresent().isEqualTo(store.broken(version(name)));
        assertThat(store.all()).extracting(Deployed::name).doesNotContain(name).hasSize(2);
        assertThat(store.index().versions()).hasSize(3);
        assertThat(store.token("one")).contains(SubmitToken.of("s3cret"));
    }

    private void mend(String name) throws IOException {
        DeploymentPlan plan = DeploymentPlan.of(bundle, store.index(), store);
        assertThat(plan.of(DeploymentPlan.Change.NEW)).containsExactly(version(name));
        List<Release> broken = bundle.releases().stream()
                .filter(r -> r.deployed().name().equals(name))
                .toList();
        assertThat(store.deploy(broken, store.index(), store.index())).isTrue();
        assertThat(store.broken()).isEmpty();
        assertThat(store.resolve(name)).isPresent();
        assertThat(count("version_upload")).isEqualTo(3);
    }

    @Test
    public void aCommonNameThatCannotBeReadIsInNobodysWayAndMendedByDeployingIt() throws IOException {
        change("UPDATE common_name SET stood = '[' WHERE name = 'one'");
        restart();

        assertThat(store.resolve("one")).isEmpty();
        assertThat(store.broken("one").orElseThrow()).contains("the common name one cannot be read");
        assertThat(store.resolve("two")).isPresent();
        assertThat(store.resolve(version("one"))).isPresent();

        assertThat(deploy(store, bundle)).isTrue();
        assertThat(store.resolve("one")).isPresent();
        assertThat(store.broken()).isEmpty();
    }

    @Test
    public void aCopyOfTheLedgerBringsTheVersionsAlong() throws Exception {
        VersionIndex index = store.index();
        Path copy = folder.getRoot().toPath().resolve("copy.db");
        LedgerCopy.backup(location, copy);
        ledger.close();
        location = newLocation();
        LedgerCopy.restore(copy, location);
        cache = folder.newFolder().toPath().resolve("deployed");

        restart();

        assertThat(store.index()).isEqualTo(index);
        assertWhole(store, cache);
        assertThat(deploy(store, compile())).isTrue();
    }
}
