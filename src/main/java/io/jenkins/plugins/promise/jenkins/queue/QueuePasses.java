package io.jenkins.plugins.promise.jenkins.queue;

import hudson.model.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks Jenkins for passes over its queue, of which each starts one build on a node only. However often it is asked to, it
 * asks for one at a time, and then leaves the queue to others for as long as that one took: with thousands of items a pass
 * takes a second, and nobody else gets at the queue meanwhile.
 */
final class QueuePasses implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(QueuePasses.class.getName());

    private final OwnThread thread = new OwnThread("promise-queue-passes");
    private final AtomicBoolean asked = new AtomicBoolean();
    /** Of the thread only; in {@link System#nanoTime}. */
    private long notBefore = System.nanoTime();

    /** Has a pass made soon, which begins after this. Returns at once. */
    void ask() {
        if (asked.compareAndSet(false, true)) {
            later(0);
        }
    }

    private void later(long nanos) {
        try {
            var unused = thread.schedule(this::pass, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; Jenkins makes passes by itself too", e);
        }
    }

    private void pass() {
        long begun = System.nanoTime();
        if (notBefore - begun > 0) {
            later(notBefore - begun);
            return;
        }
        asked.set(false);
        try {
            Queue.getInstance().scheduleMaintenance().get();
        } catch (ExecutionException | RuntimeException e) {
            LOGGER.log(Level.FINE, "Jenkins tells of it itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long now = System.nanoTime();
        notBefore = now + (now - begun);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
