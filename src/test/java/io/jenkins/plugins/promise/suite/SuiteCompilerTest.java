package io.jenkins.plugins.promise.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What versions are called. */
public class SuiteCompilerTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final SuiteReader reader = new SuiteReader(new OrchestrationCompiler());
    private SuiteFolder suite;
    private Git git;

    @Before
    public void prepare() throws Exception {
        Path root = folder.newFolder().toPath();
        git = Git.init().setDirectory(root.toFile()).call();
        suite = new SuiteFolder(root.resolve("suite"))
                .file("suite.yaml", "libraries: { prepend: [lib/a.groovy] }\n")
                .file("lib/a.groovy", "def helper() { 1 }\n")
                .file("lib/tool.sh", "echo tool\n")
                .worker("one", "echo 1", "files: [lib/tool.sh]")
                .worker("two", "echo 2")
                .orchestration("inner", "worker job: 'two'")
                .orchestration("outer", "worker job: 'one'\nbuild job: 'inner'");
    }

    @After
    public void close() {
        git.close();
    }

    private String commit() throws Exception {
        return SuiteFolder.commit(git);
    }

    private Map<String, String> versions(Path root) throws IOException {
        Suite read = reader.read(root);
        assertThat(read.errors()).isEmpty();
        Map<String, String> versions = new TreeMap<>();
        for (Release release : new SuiteCompiler(reader, Map.of()).compile(read).releases()) {
            versions.put(release.deployed().name(), release.deployed().version());
            assertThat(versions.values()).containsAll(release.deployed().uses().values());
        }
        return versions;
    }

    @Test
    public void countsTheCommitsOfAJobAndOfAllItUses() throws Exception {
        String first = commit();
        assertThat(versions(suite.root()))
                .containsEntry("one", "one-v1-" + first)
                .containsEntry("outer", "outer-v1-" + first);

        suite.worker("two", "echo 22");
        String second = commit();
        assertThat(versions(suite.root()))
                .containsEntry("one", "one-v1-" + first)
                .containsEntry("two", "two-v2-" + second)
                .containsEntry("inner", "inner-v2-" + second)
                .containsEntry("outer", "outer-v2-" + second);

        suite.file("lib/tool.sh", "echo better\n");
        String third = commit();
        suite.file("README", "of no job\n");
        commit();
        assertThat(versions(suite.root()))
                .containsEntry("one", "one-v2-" + third)
                .containsEntry("two", "two-v2-" + second)
                .containsEntry("inner", "inner-v2-" + second)
                .containsEntry("outer", "outer-v3-" + third);

        suite.file("lib/a.groovy", "def helper() { 2 }\n");
        String fifth = commit();
        assertThat(versions(suite.root()))
                .containsEntry("one", "one-v2-" + third)
                .containsEntry("inner", "inner-v3-" + fifth)
                .containsEntry("outer", "outer-v4-" + fifth);

        suite.file("suite.yaml", "defaults: { deadline: 5m }\nlibraries: { prepend: [lib/a.groovy] }\n");
        String sixth = commit();
        assertThat(versions(suite.root()))
                .as("defaults are part of every contract")
                .containsEntry("one", "one-v3-" + sixth)
                .containsEntry("two", "two-v3-" + sixth);
    }

    @Test
    public void givesTheSameVersionsFromAClone() throws Exception {
        commit();
        suite.worker("two", "echo 22");
        commit();
        Path other = folder.newFolder().toPath();
        Git.cloneRepository()
                .setURI(git.getRepository().getDirectory().toURI().toString())
                .setDirectory(other.toFile())
                .call()
                .close();

        assertThat(versions(other.resolve("suite"))).isEqualTo(versions(suite.root()));
    }

    @Test
    public void aTreeThatIsDirtyOrNotOfGitIsMarked() throws Exception {
        assertThat(versions(suite.root()).values()).allMatch(v -> v.matches("[a-z]+-dev-[0-9a-f]{12}"));
        commit();
        Map<String, String> clean = versions(suite.root());
        suite.worker("two", "echo 3");
        Map<String, String> dirty = versions(suite.root());
        assertThat(dirty.values()).allMatch(v -> v.matches("[a-z]+-dev-[0-9a-f]{12}"));
        suite.worker("two", "echo 4");
        assertThat(versions(suite.root()).get("one")).isEqualTo(dirty.get("one"));
        assertThat(versions(suite.root()).get("outer")).isNotEqualTo(dirty.get("outer"));
        suite.file("suite.yaml", "defaults: { deadline: 5m }\n");
        assertThat(versions(suite.root()).get("one")).isNotEqualTo(dirty.get("one"));
        suite.file("suite.yaml", "libraries: { prepend: [lib/a.groovy] }\n").worker("two", "echo 2");
        assertThat(versions(suite.root())).isEqualTo(clean);
        Files.createFile(suite.root().getParent().resolve("outside-the-suite"));
        assertThat(versions(suite.root())).isEqualTo(clean);
    }

    @Test
    public void tellsWhyThereAreNoNumberedVersions() throws Exception {
        SuiteCompiler compiler = new SuiteCompiler(reader, Map.of());
        assertThat(compiler.uncommitted(reader.read(suite.root())).orElseThrow())
                .contains("is in no git tree that has a commit");
        commit();
        assertThat(compiler.uncommitted(reader.read(suite.root()))).isEmpty();
        suite.worker("two", "echo 3").file("jobs/two/new.txt", "new");
        assertThat(compiler.uncommitted(reader.read(suite.root())).orElseThrow())
                .contains("suite/jobs/two/new.txt", "suite/jobs/two/run.sh")
                .doesNotContain("jobs/one");
    }

    @Test
    public void aShallowCloneIsToldWhatToFetch() throws Exception {
        commit();
        suite.worker("two", "echo 22");
        commit();
        Path shallow = folder.newFolder().toPath();
        Git.cloneRepository()
                .setURI(git.getRepository().getDirectory().toURI().toString())
                .setDirectory(shallow.toFile())
                .setDepth(1)
                .call()
                .close();
        Suite read = reader.read(shallow.resolve("suite"));

        assertThat(new SuiteCompiler(reader, Map.of()).uncommitted(read).orElseThrow())
                .contains("git fetch --unshallow");
        assertThat(versions(shallow.resolve("suite")).values()).allMatch(v -> v.contains("-dev-"));
    }
}
