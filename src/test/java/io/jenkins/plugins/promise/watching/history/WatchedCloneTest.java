package io.jenkins.plugins.promise.watching.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.watching.component.Branch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the machine's git brings of a branch. */
public class WatchedCloneTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aBranchWhoseNameEndsLikeTheWatchedOneIsNotTakenForIt() throws Exception {
        Path source = folder.newFolder().toPath();
        try (Git git = Git.init()
                .setDirectory(source.toFile())
                .setInitialBranch("main")
                .call()) {
            Files.writeString(source.resolve("a.txt"), "1");
            SuiteFolder.commit(git);
            String old = git.getRepository().resolve("HEAD").name();
            WatchedClone clone = new WatchedClone(folder.newFolder().toPath(), new Branch(source.toString(), "main"));
            assertThat(clone.fetch()).contains(old);

            git.branchCreate().setName("a/refs/heads/main").call();
            Files.writeString(source.resolve("a.txt"), "2");
            SuiteFolder.commit(git);
            assertThat(clone.fetch())
                    .contains(git.getRepository().resolve("HEAD").name());

            git.checkout().setCreateBranch(true).setName("other").call();
            git.branchDelete().setBranchNames("main").setForce(true).call();
            assertThat(clone.fetch()).as("deleted").isEmpty();
        }
    }
}
