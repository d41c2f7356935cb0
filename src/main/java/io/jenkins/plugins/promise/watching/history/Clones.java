package io.jenkins.plugins.promise.watching.history;

import com.google.common.hash.Hashing;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.watching.component.Branch;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The clones of what is watched, a folder for each repository.
 *
 * @param folder where they lie; it need not be there
 */
public record Clones(Path folder) {
    private static final int LETTERS = 16;

    /** The clone of a branch's repository, for what is here of it. */
    public WatchedClone of(Branch branch) {
        return of(branch, RepositoryPolicy.ANY);
    }

    /**
     * The clone of a branch's repository.
     *
     * @param allowed if that is not whatever git can reach, no server sends git to another one
     */
    public WatchedClone of(Branch branch, RepositoryPolicy allowed) {
        GitCommand git = new GitCommand(branch.repository());
        return new WatchedClone(
                folder.resolve(hash(branch.repository())),
                branch,
                GitLimits.DEFAULT,
                allowed.equals(RepositoryPolicy.ANY) ? git : git.withoutRedirects());
    }

    static String hash(String text) {
        return Hashing.sha256()
                .hashString(text, StandardCharsets.UTF_8)
                .toString()
                .substring(0, LETTERS);
    }

    /**
     * The folders that are no clone of these.
     *
     * @param repositories what is watched
     */
    public List<Path> left(Collection<String> repositories) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Set<String> kept = repositories.stream().map(Clones::hash).collect(Collectors.toSet());
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> kept.stream().noneMatch(f.getFileName().toString()::startsWith))
                    .toList();
        }
    }

    /** Deletes what is left. */
    public static void delete(Path left) throws IOException {
        DurableFiles.delete(left);
    }
}
