package io.jenkins.plugins.promise.local.worker;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The folders that workers run in, one a promise. That of a worker that failed stays for its author to look at, within
 * limits; any other goes when its worker ends.
 */
public final class Workspaces {
    private static final Logger LOGGER = Logger.getLogger(Workspaces.class.getName());
    private static final String REMOVED = ".removed-";

    private final Path folder;
    private final WorkspaceLimits limits;
    private final Clock clock;
    private final ForeignFiles files = new ForeignFiles();
    private final Set<String> inUse = new HashSet<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private int removed;

    /** The workspaces in that folder. */
    public Workspaces(Path folder, WorkspaceLimits limits, Clock clock) {
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
    }

    /** Where the worker of that promise runs. */
    public Path of(String promiseId) {
        return folder.resolve(promiseId);
    }

    /**
     * An empty workspace for that promise. What an earlier run has left there is gone.
     *
     * @throws IOException if it cannot be made
     */
    Path create(String promiseId) throws IOException {
        synchronized (this) {
            inUse.add(promiseId);
        }
        remove(promiseId);
        Files.createDirectories(folder);
        return Files.createDirectory(of(promiseId));
    }

    /**
     * Takes note that a worker has ended, and that nothing of it runs any more.
     *
     * @param keep whether its author may want to look at what it has left
     */
    public void ended(String promiseId, boolean keep) {
        try {
            if (keep && Files.isDirectory(of(promiseId), LinkOption.NOFOLLOW_LINKS)) {
                long bytes = files.bytes(of(promiseId));
                Files.setLastModifiedTime(of(promiseId), FileTime.from(clock.instant()));
                synchronized (this) {
                    sizes.put(promiseId, bytes);
                }
            } else {
                remove(promiseId);
            }
        } catch (IOException e) {
            // The next tidying meets it again, and tells if it is still so.
            LOGGER.log(Level.FINE, "a workspace cannot be put in order", e);
        }
        synchronized (this) {
            inUse.remove(promiseId);
        }
        if (keep) {
            tidy();
        }
    }

    /** Deletes the workspace of a promise, if it has one. */
    public void remove(String promiseId) throws IOException {
        Optional<Path> aside = putAside(promiseId, true);
        if (aside.isPresent()) {
            files.delete(aside.get());
        }
    }

    /** Whatever still writes into it, and however long its deletion takes: its name is free at once. */
    private synchronized Optional<Path> putAside(String promiseId, boolean evenInUse) throws IOException {
        if (!evenInUse && inUse.contains(promiseId)) {
            return Optional.empty();
        }
        sizes.remove(promiseId);
        removed++;
        Path aside = folder.resolve(REMOVED + promiseId + "-" + clock.millis() + "-" + removed);
        try {
            return Optional.of(Files.move(of(promiseId), aside));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Deletes what is over the limits, oldest first, and what could not be deleted before. */
    public void tidy() {
        try {
            for (Path rest : list(REMOVED + "*")) {
                files.delete(rest);
            }
            Instant oldest = clock.instant().minus(limits.age());
            int count = 0;
            long bytes = 0;
            for (Kept kept : kept()) {
                count++;
                bytes += kept.bytes();
                if (count > limits.count()
                        || bytes > limits.bytes()
                        || kept.ended().isBefore(oldest)) {
                    count--;
                    bytes -= kept.bytes();
                    Optional<Path> aside = putAside(kept.id(), false);
                    if (aside.isPresent()) {
                        files.delete(aside.get());
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.log(Level.WARNING, "workspaces of ended workers cannot be deleted: " + e);
        }
    }

    /** What workers that failed have left, newest first. */
    private List<Kept> kept() throws IOException {
        List<Kept> all = new ArrayList<>();
        for (Path workspace : list("[!.]*")) {
            String id = workspace.getFileName().toString();
            Long known;
            synchronized (this) {
                if (inUse.contains(id)) {
                    continue;
                }
                known = sizes.get(id);
            }
            try {
                long bytes = known == null ? files.bytes(workspace) : known;
                Instant ended = Files.getLastModifiedTime(workspace, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                all.add(new Kept(id, ended, bytes));
            } catch (NoSuchFileException e) {
                LOGGER.log(Level.FINE, "somebody else was faster", e);
            }
        }
        all.sort(Comparator.comparing(Kept::ended).reversed());
        return all;
    }

    private List<Path> list(String names) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, names)) {
            all.forEach(found::add);
        } catch (NoSuchFileException e) {
            return found;
        }
        return found;
    }

    private record Kept(String id, Instant ended, long bytes) {}
}
