package io.jenkins.plugins.promise.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is kept of versions on a disk, and what is made of it when it is damaged. */
public class VersionFolderTest {
    private static final Logger LOGGER = Logger.getLogger(VersionFolder.class.getName());

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final SuiteReader reader = new SuiteReader(new OrchestrationCompiler());
    private Path home;
    private SuiteFolder suite;
    private Bundle bundle;

    @Before
    public void deploy() throws IOException {
        LOGGER.setLevel(Level.OFF);
        home = folder.newFolder().toPath();
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker("one", "echo 1", "token: ${ONE_TOKEN}")
                .worker("two", "echo 2")
                .orchestration("both", "worker job: 'one'\nworker job: 'two'");
        bundle = compile();
        VersionFolder store = open();
        assertThat(store.deploy(bundle.releases(), store.index(), store.index().deployed(bundle, Instant.now())))
                .isTrue();
    }

    @After
    public void log() {
        LOGGER.setLevel(null);
    }

    private Bundle compile() throws IOException {
        return new SuiteCompiler(reader, Map.of("ONE_TOKEN", "s3cret")).compile(reader.read(suite.root()));
    }

    private VersionFolder open() throws IOException {
        return VersionFolder.open(home, Clock.systemUTC());
    }

    private String version(String name) {
        return bundle.versions().stream()
                .filter(v -> v.name().equals(name))
                .findFirst()
                .orElseThrow()
                .version();
    }

    @Test
    public void aVersionThatCannotBeReadIsSetAsideNamedAndInNobodysWay() throws IOException {
        Path description = home.resolve(version("one")).resolve("version.json");
        byte[] good = Files.readAllBytes(description);
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
            Files.writeString(description, damage.getKey());
            aside("one", damage.getValue());
        }
        Files.write(description, Files.readAllBytes(home.resolve(version("two")).resolve("version.json")));
        aside("one", "it describes the version " + version("two"));
        Files.delete(description);
        aside("one", "version.json is not there");
        Files.write(description, good);
        assertThat(open().broken()).isEmpty();

        Files.delete(home.resolve(version("two")).resolve("files/run.sh"));
        aside("two", "its script run.sh is not there");
        Files.writeString(home.resolve(version("both")).resolve("source.json"), "{\"parts\":[null]}");
        assertThat(open().broken()).extracting(BrokenVersion::version).containsExactly(version("both"), version("two"));
    }

    private void aside(String name, String reason) throws IOException {
        VersionFolder store = open();
        assertThat(store.broken()).extracting(BrokenVersion::version).containsExactly(version(name));
        assertThat(store.broken().get(0).reason())
                .contains("the version " + version(name) + " cannot be read", reason, "deploy it again")
                .doesNotContain(home.toString());
        assertThat(store.resolve(name)).isEmpty();
        assertThat(store.broken(name)).isPresent().isEqualTo(store.broken(version(name)));
        assertThat(store.all()).extracting(Deployed::name).doesNotContain(name).hasSize(2);
        assertThat(store.index().versions()).hasSize(3);
        assertThat(store.token("one")).contains(SubmitToken.of("s3cret"));
    }

    @Test
    public void deployingABrokenVersionAgainMendsIt() throws IOException {
        Files.writeString(home.resolve(version("one")).resolve("version.json"), "?");
        VersionFolder store = open();
        DeploymentPlan plan = DeploymentPlan.of(bundle, store.index(), store);
        assertThat(plan.of(DeploymentPlan.Change.NEW)).containsExactly(version("one"));
        List<Release> broken = bundle.releases().stream()
                .filter(r -> r.deployed().name().equals("one"))
                .toList();

        assertThat(store.deploy(broken, store.index(), store.index())).isTrue();

        assertThat(store.broken()).isEmpty();
        assertThat(store.resolve("one")).isPresent();
        assertThat(open().resolve("one")).isPresent();
    }

    @Test
    public void anIndexThatIsNoLongerWhatIsDeployedChangesNothing() throws IOException {
        VersionFolder store = open();
        VersionIndex old = store.index();
        suite.worker("two", "echo 22");
        Bundle next = compile();
        assertThat(store.deploy(next.releases(), old, old.deployed(next, Instant.now())))
                .isTrue();
        VersionIndex now = store.index();
        assertThat(now.revision()).isGreaterThan(old.revision());

        assertThat(store.deploy(List.of(), old, old.moved("two", version("two"))))
                .isFalse();
        assertThat(store.remove(List.of(version("two")), old, old.without(List.of(version("two")))))
                .isFalse();

        assertThat(store.index()).isEqualTo(now);
        assertThat(open().index()).isEqualTo(now);
        assertThat(home.resolve(version("two"))).isDirectory();
    }

    @Test
    public void aFileThatIsSavedWhileItIsDeployedIsNotTakenForWhatItWas() throws IOException {
        suite.worker("two", "echo 3");
        Bundle next = compile();
        suite.worker("two", "echo 4");
        VersionFolder store = open();
        VersionIndex before = store.index();

        List<Release> added = next.releases().stream()
                .filter(r -> !before.versions().containsKey(r.deployed().version()))
                .toList();
        assertThatThrownBy(() -> store.deploy(added, before, before.deployed(next, Instant.now())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed while they were deployed");

        assertThat(store.index()).isEqualTo(before);
        assertThat(open().all()).hasSize(3);
    }

    @Test
    public void whatAKilledControllerLeftIsRemovedAtTheStart() throws IOException {
        Files.createDirectories(home.resolve("half-v1-1234567/files"));
        Path received = open().incoming().resolve("bundle123.zip");
        Files.createFile(received);

        VersionFolder store = open();

        assertThat(received).doesNotExist();
        assertThat(store.incoming()).isDirectory();
        assertThat(home.resolve("half-v1-1234567")).doesNotExist();
        assertThat(store.all()).hasSize(3);
    }
}
