package io.jenkins.plugins.promise.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.LedgerCheck;
import io.jenkins.plugins.promise.ledger.LedgerFault;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.Origin;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.EngineOfTest;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/** Versions that are not what was deployed are found, on both engines, beside a controller that uses the ledger. */
@RunWith(Parameterized.class)
public class DeployedCheckTest {
    private static final String OF_VERSION = " WHERE upload = (SELECT upload FROM version WHERE version = ?)";

    @Parameterized.Parameter
    public String engine;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private LedgerLocation location;
    private Ledger ledger;
    private String one;
    private String both;
    private String open;

    @Parameterized.Parameters(name = "{0}")
    public static List<String> engines() {
        return EngineOfTest.ALL;
    }

    @Before
    public void deploy() throws Exception {
        location = EngineOfTest.newLocation(engine, folder.newFolder());
        ledger = Ledger.open(location, ControllerIdentity.begin("home", "http://home"), Clock.systemUTC());
        Path root = folder.newFolder().toPath();
        new SuiteFolder(root)
                .worker("one", "echo 1")
                .worker("two", "echo 2")
                .orchestration("both", "worker job: 'one'\nworker job: 'two'");
        Files.write(root.resolve("jobs/one/large"), new byte[(2 << 20) + 1]);
        SuiteReader reader = new SuiteReader(new OrchestrationCompiler());
        Bundle bundle = new SuiteCompiler(reader, Map.of()).compile(reader.read(root));
        LedgerVersions versions =
                LedgerVersions.open(ledger, folder.newFolder().toPath().resolve("deployed"), Clock.systemUTC());
        VersionIndex before = versions.index();
        assertThat(versions.deploy(bundle.releases(), before, before.deployed(bundle, Instant.now())))
                .isTrue();
        one = version(bundle, "one");
        both = version(bundle, "both");
        open = accept("one", one);
        accept("two", version(bundle, "two"));
        assertThat(DeployedCheck.of(location)).isEmpty();
    }

    @After
    public void close() throws IOException {
        ledger.close();
    }

    private static String version(Bundle bundle, String name) {
        return bundle.versions().stream()
                .filter(v -> v.name().equals(name))
                .map(Deployed::version)
                .findFirst()
                .orElseThrow();
    }

    private String accept(String job, String version) {
        Instant now = Instant.now();
        Promise promise = new Promise(
                0,
                PromiseId.create(),
                job,
                version,
                "lane",
                Map.of(),
                List.of(),
                now,
                now.plusSeconds(60),
                new Origin.Outside(null, Submitter.UNKNOWN),
                Progress.Pending.NEW,
                List.of(),
                List.of(),
                0);
        ledger.accept(promise).join();
        return promise.id();
    }

    private void change(String sql, Object... values) {
        assertThat(ledger.write(handle -> handle.execute(sql, values)).join()).isPositive();
    }

    private LedgerFault otherFiles() {
        return new LedgerFault("the version " + one + " has other files than those that were deployed", List.of(open));
    }

    @Test
    public void contentThatIsNotWhatWasDeployedIsFound() throws Exception {
        change("UPDATE version_file SET content = NULL" + OF_VERSION + " AND path = 'files/run.sh'", one);
        assertThat(DeployedCheck.of(location)).containsExactly(otherFiles());
    }

    @Test
    public void theLastPartOfAFileOrAWholeFileThatIsMissingIsFoundByTheDigest() throws Exception {
        change("DELETE FROM version_file" + OF_VERSION + " AND path = 'files/large' AND part = 2", one);
        assertThat(LedgerCheck.of(location))
                .as("the parts that are left are without a gap")
                .isEmpty();
        assertThat(DeployedCheck.of(location)).containsExactly(otherFiles());
        change("DELETE FROM version_file" + OF_VERSION + " AND path = 'files/large'", one);
        assertThat(DeployedCheck.of(location)).containsExactly(otherFiles());
    }

    @Test
    public void anOrchestrationWhoseSourceCannotBeReadIsFound() throws Exception {
        change("UPDATE version_file SET content = NULL" + OF_VERSION + " AND path = 'source.json'", both);
        assertThat(DeployedCheck.of(location)).singleElement().satisfies(fault -> assertThat(fault.what())
                .startsWith("the files of the version " + both + " cannot be read"));
    }

    @Test
    public void aDescriptionThatCannotBeReadIsFoundWithThePromisesThatNeedIt() throws Exception {
        change("UPDATE version SET description = '{' WHERE version = ?", one);
        assertThat(DeployedCheck.of(location)).singleElement().satisfies(fault -> {
            assertThat(fault.what()).startsWith("the version " + one + " cannot be read");
            assertThat(fault.promises()).containsExactly(open);
        });
    }

    @Test
    public void aVersionThatUsesOneThatIsMissingIsFound() throws Exception {
        change("DELETE FROM version WHERE version = ?", one);
        assertThat(DeployedCheck.of(location)).singleElement().satisfies(fault -> assertThat(fault.what())
                .startsWith("the version " + both + " cannot be read")
                .contains(one));
    }
}
