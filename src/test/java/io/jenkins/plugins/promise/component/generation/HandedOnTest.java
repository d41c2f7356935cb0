package io.jenkins.plugins.promise.component.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import io.jenkins.plugins.promise.suite.GeneratedFiles;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What build has made is what is staged, also in a workspace that others have had before, as those of Jenkins are. */
public class HandedOnTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path suite;
    private Path workspace;
    private Path staged;
    private String commit;

    @Before
    public void prepare() throws Exception {
        Path root = folder.newFolder("shop").toPath();
        suite = folder.newFolder("suite").toPath();
        workspace = folder.newFolder("workspace").toPath();
        staged = folder.getRoot().toPath().resolve("staged");
        ComponentFolder components = new ComponentFolder(root)
                .file(
                        "we [b]/component.yaml",
                        """
                        component: web
                        repository: REPOSITORY
                        build: |
                          [ ! -e build ] || exit 9
                          mkdir build
                          echo made here > build/page
                        stage: cat src build/page > STAGED
                        produces: [build/**]
                        """
                                .replace("REPOSITORY", root.toString())
                                .replace("STAGED", staged.toString()))
                .file("we [b]/src", "of the commit, ");
        try (Git git =
                Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
            SuiteFolder.commit(git);
            commit = git.getRepository().resolve("HEAD").name();
        }
        new GeneratedFiles(suite, "promise component generate")
                .write(new SuiteGenerator().files(new ComponentsReader().read(components.root())));
    }

    private int run(String step) throws IOException, InterruptedException {
        // As it is deployed: the files that the job names beside its own.
        Path job = folder.newFolder().toPath();
        new SuiteFolder(job).copyOf(suite.resolve("jobs/" + step), "").copyOf(suite, "jobs/" + step);
        ProcessBuilder script = new ProcessBuilder("bash", job.resolve("run.sh").toString());
        script.environment().putAll(Map.of("PROMISE_JOB_DIR", job.toString(), "GIT_HASH", commit));
        return script.directory(workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.getRoot(), "log")))
                .start()
                .waitFor();
    }

    private void hands(String text) throws IOException {
        new SuiteFolder(workspace).file("made/we [b]/build/page", text);
    }

    @Test
    public void whatWasHandedOnIsStagedAndNothingElseIsEverTakenForIt() throws Exception {
        hands("handed on");
        assertThat(run("web-stage")).isZero();
        assertThat(staged).hasContent("of the commit, handed on");

        assertThat(run("web-stage")).as("nothing is handed on").isZero();
        assertThat(staged).hasContent("of the commit, made here");

        hands("of another commit");
        assertThat(run("web-build")).as("an earlier build was here").isZero();
        assertThat(workspace.resolve("made/we [b]/build/page")).hasContent("made here");
    }

    @Test
    public void whatBuildHandsOnIsNamedFromTheWorkspace() throws Exception {
        assertThat(suite.resolve("jobs/web-build/job.yaml")).content().contains("produces: [\"made/we ?b]/build/**\"]");
    }

    @Test
    public void whatCannotBeLaidOverTheCommitIsToldAndNothingIsStaged() throws Exception {
        new SuiteFolder(workspace).file("made/we [b]/src/page", "a folder where the commit has a file");
        assertThat(run("web-stage")).isEqualTo(1);
        assertThat(staged).doesNotExist();
        assertThat(workspace.resolve("report.json"))
                .content()
                .contains("what build has made cannot be laid over the commit");
    }
}
