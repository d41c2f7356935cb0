package io.jenkins.plugins.promise.ledger;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Forces one folder to disk for many threads: those that ask while one is waiting for the disk are all served by the next
 * one wait (group commit).
 */
final class SharedForce {
    private static final long SERVED = -1;

    private final Path folder;
    private long asked;
    private long done;
    private boolean forcing;

    SharedForce(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns when all that the calling thread has done in the folder is on disk.
     *
     * @throws IOException if the disk failed
     */
    void force() throws IOException {
        long until = turn();
        if (until == SERVED) {
            return;
        }
        boolean forced = false;
        try {
            DurableFiles.forceFolder(folder);
            forced = true;
        } finally {
            synchronized (this) {
                forcing = false;
                // After a failure each of those that wait tries for itself, and is told for itself.
                done = forced ? until : done;
                notifyAll();
            }
        }
    }

    /** Waits until another thread has served this one, or until it is this one's turn to serve all that have asked. */
    private synchronized long turn() {
        long mine = ++asked;
        boolean interrupted = false;
        while (done < mine && forcing) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (done >= mine) {
            return SERVED;
        }
        forcing = true;
        return asked;
    }
}
