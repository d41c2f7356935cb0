package io.jenkins.plugins.promise.acceptance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does what is due later: deadlines, and what the disk did not take. */
final class PromiseTimer implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(PromiseTimer.class.getName());

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "promise-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    PromiseTimer() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Does something in so many milliseconds, or at once if they have passed; not at all after {@link #close}. */
    Future<?> later(Runnable task, long millis) {
        try {
            return timer.schedule(
                    () -> {
                        try {
                            task.run();
                        } catch (RuntimeException e) {
                            LOGGER.log(Level.SEVERE, "a deadline or retry failed", e);
                        }
                    },
                    Math.max(0, millis),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start goes on from the ledger", e);
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
