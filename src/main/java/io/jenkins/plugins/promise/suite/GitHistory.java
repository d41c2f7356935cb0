package io.jenkins.plugins.promise.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.StatusCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** The history of a suite's folder in git. */
final class GitHistory implements AutoCloseable {
    private static final int HASH_LENGTH = 7;

    private final GitFolder folder;
    private final Repository repository;
    private final String prefix;

    private GitHistory(GitFolder folder) {
        this.folder = folder;
        this.repository = folder.repository();
        this.prefix = folder.path();
    }

    /** The history of a folder, if it lies in a git work tree with at least one commit. */
    static Optional<GitHistory> of(Path folder) throws IOException {
        return GitFolder.of(folder).map(GitHistory::new);
    }

    /** Whether commits are missing, because the clone was made without them. */
    boolean shallow() throws IOException {
        return folder.shallow();
    }

    /** The files below the folder that are not as HEAD has them, relative to the repository. */
    List<String> dirty() throws IOException {
        try (Git git = new Git(repository)) {
            StatusCommand command = git.status();
            if (!prefix.isEmpty()) {
                command.addPath(prefix);
            }
            Status status = command.call();
            Set<String> files = new TreeSet<>(status.getUncommittedChanges());
            files.addAll(status.getUntracked());
            return new ArrayList<>(files);
        } catch (GitAPIException e) {
            throw new IOException("git status failed: " + e.getMessage(), e);
        }
    }

    /**
     * Counts commits.
     *
     * @param paths for each name the paths that belong to it, relative to the folder: files, or folders with all in them
     * @return for each name how many commits touched its paths, and the last of them; names that no commit touched are
     *     left out. A merge counts only where it differs from all its parents.
     */
    Map<String, Touched> touched(Map<String, Set<String>> paths) throws IOException {
        Map<String, Touched> touched = new TreeMap<>();
        ObjectId head = repository.resolve(Constants.HEAD);
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(head));
            for (RevCommit commit : walk) {
                Set<String> changed = changed(walk, commit);
                if (changed.isEmpty()) {
                    continue;
                }
                paths.forEach((name, its) -> {
                    if (its.stream().anyMatch(p -> touches(changed, p))) {
                        touched.merge(
                                name,
                                new Touched(1, commit.abbreviate(HASH_LENGTH).name()),
                                (known, one) -> new Touched(known.commits() + 1, known.last()));
                    }
                });
            }
        }
        return touched;
    }

    private static boolean touches(Set<String> changed, String path) {
        return changed.contains(path) || changed.stream().anyMatch(c -> c.startsWith(path + "/"));
    }

    private Set<String> changed(RevWalk walk, RevCommit commit) throws IOException {
        Set<String> changed = new TreeSet<>();
        try (TreeWalk trees = new TreeWalk(repository)) {
            trees.setRecursive(true);
            if (commit.getParentCount() == 0) {
                trees.addTree(new EmptyTreeIterator());
            }
            for (RevCommit parent : commit.getParents()) {
                trees.addTree(walk.parseCommit(parent).getTree());
            }
            int own = trees.addTree(commit.getTree());
            trees.setFilter(
                    prefix.isEmpty()
                            ? TreeFilter.ANY_DIFF
                            : AndTreeFilter.create(PathFilter.create(prefix), TreeFilter.ANY_DIFF));
            while (trees.next()) {
                boolean differs = true;
                for (int tree = 0; tree < own; tree++) {
                    differs &= !trees.idEqual(tree, own) || trees.getRawMode(tree) != trees.getRawMode(own);
                }
                if (differs) {
                    String path = trees.getPathString();
                    changed.add(prefix.isEmpty() ? path : path.substring(prefix.length() + 1));
                }
            }
        }
        return changed;
    }

    @Override
    public void close() {
        folder.close();
    }

    /**
     * What commits did to a set of paths.
     *
     * @param commits how many touched them
     * @param last the last one's hash, shortened
     */
    record Touched(int commits, String last) {}
}
