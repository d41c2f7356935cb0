package io.jenkins.plugins.promise.jenkins.queue;

import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes passes over Jenkins' queue, of which each starts about one build on a node. However often it is asked for one, it
 * makes one at a time, and after one that took long it leaves the queue to others for as long as that: with thousands of
 * items a pass takes a second, and nobody else gets at the queue meanwhile. Passes are made on its own thread, because
 * asking Jenkins' own for each, and being told when it was made, takes longer than a short pass does.
 */
@SuppressWarnings("try") // who acts is all that the resource is for
final class QueuePasses implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(QueuePasses.class.getName());
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final OwnThread thread = new OwnThread("promise-queue-passes");
    private final AtomicBoolean asked = new AtomicBoolean();

    /** Has a pass made soon, which begins after this. Returns at once. */
    void ask() {
        if (asked.compareAndSet(false, true)) {
            later(0);
        }
    }

    private void later(long nanos) {
        try {
            var unused = thread.schedule(this::passes, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; Jenkins makes passes by itself too", e);
        }
    }

    private void passes() {
        long took = 0;
        while (took < LONG_NANOS && asked.getAndSet(false)) {
            took = pass();
        }
        if (took >= LONG_NANOS) {
            // Whoever asks meanwhile finds that it was asked.
            asked.set(true);
            later(took);
        }
    }

    private static long pass() {
        long begun = System.nanoTime();
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            Queue.getInstance().maintain();
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(Level.FINE, "Jenkins makes its own passes, and tells what is wrong with them", e);
        }
        return System.nanoTime() - begun;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
