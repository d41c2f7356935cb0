package io.jenkins.plugins.promise.watching.history;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import io.jenkins.plugins.promise.watching.component.Branch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A clone of a repository, without a work tree, in which its branches are compared. It is fetched and read by the machine's
 * own git. It may be lost.
 */
public final class WatchedClone implements Commits {
    private static final String BRANCHES = "refs/heads/";
    private static final String VERIFY = "rev-parse";

    private final Branch branch;
    private final Path folder;
    private final GitCommand git;

    /**
     * The clone of a branch's repository.
     *
     * @param clones where clones lie
     */
    public WatchedClone(Path clones, Branch branch) {
        this.branch = branch;
        this.folder = clones.resolve(Hashing.sha256()
                .hashString(branch.repository(), StandardCharsets.UTF_8)
                .toString()
                .substring(0, 16));
        this.git = new GitCommand(folder, branch.repository());
    }

    /**
     * Brings what the branch has now.
     *
     * @return its commit; nothing if there is no such branch
     * @throws IOException if the repository cannot be reached
     */
    public Optional<String> fetch() throws IOException, InterruptedException {
        if (!Files.exists(folder.resolve("HEAD"))) {
            git.init();
        }
        // Git takes the name for the end of one: a branch a/refs/heads/main is told too.
        Optional<String> commit = git.told("ls-remote", "--", branch.repository(), BRANCHES + branch.name())
                .lines()
                .filter(line -> line.endsWith("\t" + BRANCHES + branch.name()))
                .map(line -> line.substring(0, line.indexOf('\t')))
                .findFirst();
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        if (!tip().equals(commit)) {
            git.told(
                    "fetch",
                    "-q",
                    "--force",
                    "--no-tags",
                    "--",
                    branch.repository(),
                    "+" + BRANCHES + branch.name() + ":" + BRANCHES + branch.name());
        }
        return tip();
    }

    /** What the branch is here; nothing if it was never brought. */
    private Optional<String> tip() throws IOException, InterruptedException {
        return commit(BRANCHES + branch.name());
    }

    @Override
    public Optional<String> commit(String name) throws IOException, InterruptedException {
        return git.answer(VERIFY, "--verify", "-q", name + "^{commit}").map(String::strip);
    }

    @Override
    public boolean contains(String commit, String earlier) throws IOException, InterruptedException {
        return git.answer("merge-base", "--is-ancestor", earlier, commit).isPresent();
    }

    @Override
    public Set<String> differing(String from, String to) throws IOException, InterruptedException {
        String told = git.told("diff-tree", "-r", "-z", "--name-only", "--no-renames", from, to);
        return new TreeSet<>(Splitter.on('\0').omitEmptyStrings().splitToList(told));
    }

    @Override
    public boolean shallow() throws IOException, InterruptedException {
        return git.told(VERIFY, "--is-shallow-repository").strip().equals("true");
    }
}
