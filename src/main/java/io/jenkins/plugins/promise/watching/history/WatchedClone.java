package io.jenkins.plugins.promise.watching.history;

import com.google.common.base.Splitter;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.watching.component.Branch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A clone of a repository, without a work tree, in which its branches are compared. It is fetched and read by the machine's
 * own git. It may be lost: what is damaged is made anew.
 */
public final class WatchedClone implements Commits {
    private static final Logger LOGGER = Logger.getLogger(WatchedClone.class.getName());
    private static final String BRANCHES = "refs/heads/";
    private static final String VERIFY = "rev-parse";

    private final Branch branch;
    private final Path folder;
    private final GitLimits limits;
    private final GitCommand git;
    /** Where the branch is here. Not below its own name: a branch may be another one's folder, once that is gone. */
    private final String here;

    WatchedClone(Path folder, Branch branch, GitLimits limits, GitCommand git) {
        this.branch = branch;
        this.folder = folder;
        this.limits = limits;
        this.git = git;
        this.here = "refs/watched/" + Clones.hash(branch.name());
    }

    /**
     * Brings what the branch has now.
     *
     * @return its commit; nothing if there is no such branch
     * @throws IOException if the repository cannot be reached
     */
    public Optional<String> fetch() throws IOException, InterruptedException {
        // Git takes the name for the end of one: a branch a/refs/heads/main is told too.
        String remote = BRANCHES + branch.name();
        Optional<String> commit = git.told(limits.answer(), List.of("ls-remote", "--", branch.repository(), remote))
                .lines()
                .filter(line -> line.endsWith("\t" + remote))
                .map(line -> line.substring(0, line.indexOf('\t')))
                .findFirst();
        if (commit.isEmpty() || whole().equals(commit)) {
            return commit;
        }
        bring();
        return tip();
    }

    /** What the branch is here, if that can be told. */
    private Optional<String> whole() throws InterruptedException {
        try {
            return tip();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void bring() throws IOException, InterruptedException {
        try {
            if (!Files.exists(folder.resolve("HEAD"))) {
                init(folder);
            }
            bring(folder);
        } catch (IOException e) {
            anewAfter(e);
            return;
        }
        tidy();
    }

    private void tidy() throws InterruptedException {
        try {
            var unused = git.answer(limits.transfer(), on(folder, "gc", "--auto", "-q"));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the clone of {0} in {1} cannot be tidied, and grows: {2}", new Object[] {
                branch.repository(), folder, e.getMessage()
            });
        }
    }

    /**
     * Makes the clone anew where it is what has failed: not for a network that fails, a full disk or what takes too long.
     *
     * @param failed why it could not be fetched or read
     * @throws IOException the same, if the clone is as it should be; or if the repository cannot be fetched
     */
    public void anewAfter(IOException failed) throws IOException, InterruptedException {
        if (failed instanceof GitCommand.TooLong || (!locked() && sound())) {
            throw failed;
        }
        LOGGER.log(
                Level.INFO, "the clone of {0} is made anew: {1}", new Object[] {branch.repository(), failed.getMessage()
                });
        anew();
    }

    /** Whether a git that was killed has left a lock: another one is not at work here. */
    private boolean locked() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.anyMatch(f -> f.getFileName().toString().endsWith(".lock"));
        }
    }

    private void init(Path clone) throws IOException, InterruptedException {
        Files.createDirectories(clone);
        var unused = git.told(limits.answer(), List.of("init", "-q", "--bare", "--template=", clone.toString()));
    }

    private void bring(Path clone) throws IOException, InterruptedException {
        String what = "+" + BRANCHES + branch.name() + ":" + here;
        var unused = git.told(
                limits.transfer(),
                on(clone, "-c", "gc.auto=0", "fetch", "-q", "--force", "--no-tags", "--", branch.repository(), what));
    }

    /**
     * Makes the clone anew, beside the one that is there: that goes only when there is another one.
     *
     * @throws IOException if the repository cannot be fetched
     */
    public void anew() throws IOException, InterruptedException {
        Files.createDirectories(folder.getParent());
        Path fresh = folder.resolveSibling(folder.getFileName() + "-new");
        // One that a killed controller was making may be there.
        DurableFiles.delete(fresh);
        try {
            init(fresh);
            bring(fresh);
            DurableFiles.delete(folder);
            Files.move(fresh, folder);
        } finally {
            DurableFiles.delete(fresh);
        }
    }

    /** Whether all is there that what was fetched consists of. */
    public boolean sound() throws IOException, InterruptedException {
        return git.run(limits.transfer(), on(folder, "fsck", "--connectivity-only", "--no-dangling", "--no-progress"))
                        .code()
                == 0;
    }

    /** What the branch is here; nothing if it was never brought. */
    public Optional<String> tip() throws IOException, InterruptedException {
        return commit(here);
    }

    private static List<String> on(Path clone, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--git-dir", clone.toString()));
        all.addAll(List.of(arguments));
        return all;
    }

    @Override
    public Optional<String> commit(String name) throws IOException, InterruptedException {
        return git.answer(limits.answer(), on(folder, VERIFY, "--verify", "-q", name + "^{commit}"))
                .map(String::strip);
    }

    @Override
    public boolean contains(String commit, String earlier) throws IOException, InterruptedException {
        return git.answer(limits.answer(), on(folder, "merge-base", "--is-ancestor", earlier, commit))
                .isPresent();
    }

    @Override
    public Set<String> differing(String from, String to) throws IOException, InterruptedException {
        String told =
                git.told(limits.answer(), on(folder, "diff-tree", "-r", "-z", "--name-only", "--no-renames", from, to));
        return new TreeSet<>(Splitter.on('\0').omitEmptyStrings().splitToList(told));
    }

    @Override
    public boolean shallow() throws IOException, InterruptedException {
        return git.told(limits.answer(), on(folder, VERIFY, "--is-shallow-repository"))
                .strip()
                .equals("true");
    }
}
