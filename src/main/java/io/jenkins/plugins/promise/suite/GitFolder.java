package io.jenkins.plugins.promise.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;

/** A folder in a git work tree that has at least one commit. */
public final class GitFolder implements AutoCloseable {
    private final Repository repository;
    private final String path;

    private GitFolder(Repository repository, String path) {
        this.repository = repository;
        this.path = path;
    }

    /** Opens it, if it is one. */
    public static Optional<GitFolder> of(Path folder) throws IOException {
        Path absolute = folder.toRealPath();
        RepositoryBuilder builder = new RepositoryBuilder().findGitDir(absolute.toFile());
        if (builder.getGitDir() == null) {
            return Optional.empty();
        }
        Repository repository = builder.build();
        if (repository.isBare() || repository.resolve(Constants.HEAD) == null) {
            repository.close();
            return Optional.empty();
        }
        Path top = repository.getWorkTree().toPath().toRealPath();
        return Optional.of(
                new GitFolder(repository, top.relativize(absolute).toString().replace('\\', '/')));
    }

    /** What it lies in; closed together with this. */
    public Repository repository() {
        return repository;
    }

    /** Where it lies in the work tree, with slashes; empty for the top. */
    public String path() {
        return path;
    }

    /** Whether commits are missing, because the clone was made without them. */
    public boolean shallow() throws IOException {
        return !repository.getObjectDatabase().getShallowCommits().isEmpty();
    }

    /** The URL of the remote {@code origin}; null without one. */
    public String origin() {
        return repository
                .getConfig()
                .getString(
                        ConfigConstants.CONFIG_REMOTE_SECTION,
                        Constants.DEFAULT_REMOTE_NAME,
                        ConfigConstants.CONFIG_KEY_URL);
    }

    /** The files of the whole repository that git has or is about to have, from its top, with slashes. */
    public List<String> files() throws IOException {
        DirCache index = repository.readDirCache();
        List<String> files = new ArrayList<>(index.getEntryCount());
        for (int entry = 0; entry < index.getEntryCount(); entry++) {
            files.add(index.getEntry(entry).getPathString());
        }
        return files;
    }

    @Override
    public void close() {
        repository.close();
    }
}
