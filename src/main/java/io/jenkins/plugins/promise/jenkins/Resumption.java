package io.jenkins.plugins.promise.jenkins;

import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.jenkins.queue.KeptItems;
import io.jenkins.plugins.promise.ledger.QuietLog;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Goes on with what was open when the controller went, on a thread of its own: Jenkins' start waits for it neither where
 * much was open, nor where the ledger cannot be read just now.
 */
final class Resumption {
    private static final Logger LOGGER = Logger.getLogger(Resumption.class.getName());
    private static final long AGAIN_SECONDS = 5;

    private final QuietLog troubles = new QuietLog(LOGGER);
    private final KeptItems kept;
    private final Dispatch dispatch;
    private final BooleanSupplier stopping;
    private final Runnable done;

    /**
     * One that has not begun.
     *
     * @param stopping whether Jenkins goes down; the next start goes on then
     * @param done what is done once all that was open was looked at
     */
    Resumption(KeptItems kept, Dispatch dispatch, BooleanSupplier stopping, Runnable done) {
        this.kept = kept;
        this.dispatch = dispatch;
        this.stopping = stopping;
        this.done = done;
    }

    void start() {
        Thread thread = new Thread(this::run, "promise-resumption");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!stopping.getAsBoolean() && !tried()) {
                TimeUnit.SECONDS.sleep(AGAIN_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, "not all that was open is gone on with; the next start tries again", e);
        }
    }

    private boolean tried() {
        try {
            kept.lookUp();
            dispatch.reconcile();
        } catch (UncheckedIOException e) {
            if (!stopping.getAsBoolean()) {
                troubles.log("what was open cannot be read, and is looked at again", e.getCause());
            }
            return false;
        }
        if (!stopping.getAsBoolean()) {
            done.run();
        }
        return true;
    }
}
