package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Drops, every hour, what was closed longer ago than it is kept, and what belongs to it on disk. */
final class LocalHousekeeping implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(LocalHousekeeping.class.getName());

    private final LocalParts parts;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread housekeeper = new Thread(task, "promise-housekeeper");
        housekeeper.setDaemon(true);
        return housekeeper;
    });

    LocalHousekeeping(LocalParts parts) {
        this.parts = parts;
    }

    /** Begins with it, at once. */
    void begin() {
        var unused = thread.scheduleWithFixedDelay(this::drop, 0, 1, TimeUnit.HOURS);
    }

    private void drop() {
        try {
            for (String id : parts.promises().drop()) {
                DurableFiles.delete(parts.home().run(id));
                parts.workspaces().remove(id);
                parts.files().remove(id);
            }
            parts.files().drop(Instant.now());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "old promises cannot be dropped", e);
        }
        parts.workspaces().tidy();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
