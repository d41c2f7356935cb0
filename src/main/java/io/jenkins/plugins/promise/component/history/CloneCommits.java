package io.jenkins.plugins.promise.component.history;

import io.jenkins.plugins.promise.suite.GitFolder;
import io.jenkins.plugins.promise.watching.history.Commits;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** The commits of the clone that somebody works in. */
public final class CloneCommits implements Commits {
    private final GitFolder folder;
    private final Repository repository;

    /** Those of the clone that a folder lies in, as long as that is open. */
    public CloneCommits(GitFolder folder) {
        this.folder = folder;
        this.repository = folder.repository();
    }

    @Override
    public Optional<String> commit(String name) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId id = repository.resolve(name + "^{commit}");
            return id == null
                    ? Optional.empty()
                    : Optional.of(walk.parseCommit(id).name());
        } catch (MissingObjectException
                | IncorrectObjectTypeException
                | AmbiguousObjectException
                | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean contains(String commit, String earlier) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(
                    walk.parseCommit(ObjectId.fromString(earlier)), walk.parseCommit(ObjectId.fromString(commit)));
        }
    }

    @Override
    public Set<String> differing(String from, String to) throws IOException {
        Set<String> paths = new TreeSet<>();
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk trees = new TreeWalk(walk.getObjectReader())) {
            trees.setRecursive(true);
            trees.addTree(walk.parseCommit(ObjectId.fromString(from)).getTree());
            trees.addTree(walk.parseCommit(ObjectId.fromString(to)).getTree());
            trees.setFilter(TreeFilter.ANY_DIFF);
            while (trees.next()) {
                paths.add(trees.getPathString());
            }
        }
        return paths;
    }

    @Override
    public boolean shallow() throws IOException {
        return folder.shallow();
    }
}
