package io.jenkins.plugins.promise.acceptance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does what is due later, on a thread of its own. */
final class PromiseTimer implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(PromiseTimer.class.getName());

    private final ScheduledThreadPoolExecutor timer;

    PromiseTimer(String thread) {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, thread);
            made.setDaemon(true);
            return made;
        });
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
                        } catch (RuntimeException | Error e) {
                            LOGGER.log(Level.SEVERE, "something that was due failed", e);
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
