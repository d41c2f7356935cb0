package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.deployment.bundle.BrokenBundle;
import io.jenkins.plugins.promise.deployment.bundle.BundleNames;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The files of versions on this disk, a folder each, made from the ledger when they are needed. */
final class VersionCache {
    private static final Logger LOGGER = Logger.getLogger(VersionCache.class.getName());
    private static final String INCOMING = "incoming";

    private final Path folder;
    /** The content of what has been looked at since the start, by version. */
    private final Map<String, String> ready = new ConcurrentHashMap<>();

    private VersionCache(Path folder) {
        this.folder = folder;
    }

    /** Opens a folder, making it if it is not there; what was on its way in is removed. */
    static VersionCache open(Path folder) throws IOException {
        VersionCache cache = new VersionCache(folder);
        DurableFiles.delete(cache.incoming());
        Files.createDirectories(cache.incoming());
        return cache;
    }

    Path incoming() {
        return folder.resolve(INCOMING);
    }

    /**
     * The files of a version. Those that are here are believed once they were looked at, and made again if they are not
     * what was deployed.
     *
     * @throws BrokenBundle if the ledger has no such files either
     */
    VersionFiles bring(Deployed deployed, Origin ledger) throws IOException, BrokenBundle {
        Path here = folder.resolve(deployed.version());
        VersionFiles files = new VersionFiles(here);
        if (isReady(deployed, files)) {
            return files;
        }
        synchronized (this) {
            if (!isReady(deployed, files)) {
                if (Files.notExists(here) || !asDeployed(files, deployed)) {
                    make(here, deployed, ledger);
                }
                ready.put(deployed.version(), deployed.content());
            }
        }
        return files;
    }

    private boolean isReady(Deployed deployed, VersionFiles files) {
        return deployed.content().equals(ready.get(deployed.version())) && Files.isDirectory(files.files());
    }

    private static boolean asDeployed(VersionFiles files, Deployed deployed) {
        String wrong = "they are not what was deployed";
        try {
            if (files.hold(deployed)) {
                return true;
            }
        } catch (IOException e) {
            wrong = e.toString();
        }
        LOGGER.log(Level.WARNING, "the files of {0} on this disk are made again from the ledger: {1}", new Object[] {
            deployed.version(), wrong
        });
        return false;
    }

    private void make(Path here, Deployed deployed, Origin ledger) throws IOException, BrokenBundle {
        Path unfinished = incoming().resolve(deployed.version());
        try {
            VersionFiles files = new VersionFiles(unfinished);
            Release release = ledger.release();
            boolean named = BundleNames.problem(release.files().keySet()).isEmpty();
            if (named) {
                files.copy(release);
            }
            if (!named || !files.hold(deployed)) {
                throw new BrokenBundle("what the ledger has of its files is not what was deployed");
            }
            DurableFiles.delete(here);
            Files.move(unfinished, here, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            DurableFiles.delete(unfinished);
        }
    }

    /** Removes the files of all other versions. */
    synchronized void keep(Set<String> versions) {
        ready.keySet().retainAll(versions);
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> others = all.filter(Files::isDirectory)
                    .filter(f -> !versions.contains(f.getFileName().toString()) && !f.equals(incoming()))
                    .toList();
            for (Path other : others) {
                DurableFiles.delete(other);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "files of versions that are no longer deployed stay for now", e);
        }
    }

    /** Where the files of a version come from. */
    interface Origin {
        Release release() throws IOException;
    }
}
