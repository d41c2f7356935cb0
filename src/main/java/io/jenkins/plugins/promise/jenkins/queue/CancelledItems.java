package io.jenkins.plugins.promise.jenkins.queue;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Promises whose builds were taken out of Jenkins' queue. They are noted while that is locked, and settled behind it, all
 * that were noted meanwhile together: 4,400 that were settled one by one kept the queue locked for 21 seconds.
 */
final class CancelledItems implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(CancelledItems.class.getName());
    private static final long AGAIN_MILLIS = 100;
    private static final int MOST_TOGETHER = 500;

    private final Promises promises;
    private final Consumer<String> returned;
    private final Queue<String> cancelled = new ConcurrentLinkedQueue<>();
    private final Queue<String> put = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final OwnThread thread = new OwnThread("promise-cancelled-items");

    /**
     * Nothing yet.
     *
     * @param returned is told of promises that have not ended, and wait in the ledger again
     */
    CancelledItems(Promises promises, Consumer<String> returned) {
        this.promises = promises;
        this.returned = returned;
    }

    /** Somebody cancelled it: its promise ends. Returns at once. */
    void cancelled(String promise) {
        cancelled.add(promise);
        look(0);
    }

    /** Its job was disabled: its promise waits until the job is enabled. Returns at once. */
    void putBack(String promise) {
        put.add(promise);
        look(0);
    }

    private void look(long millis) {
        if (asked.compareAndSet(false, true)) {
            try {
                var unused = thread.schedule(this::settle, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "stopped; the next start goes on from the ledger", e);
            }
        }
    }

    private void settle() {
        asked.set(false);
        try {
            for (List<String> some = next(cancelled); !some.isEmpty(); some = next(cancelled)) {
                promises.settle(some, Outcome.failure("its build was cancelled in Jenkins' queue"));
            }
            List<String> later = new ArrayList<>();
            for (List<String> some = next(put); !some.isEmpty(); some = next(put)) {
                some.stream().filter(promise -> !waitsAgain(promise)).forEach(later::add);
            }
            if (!later.isEmpty()) {
                put.addAll(later);
                look(AGAIN_MILLIS);
            }
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, "builds that were taken out of the queue are found by the next start", e);
        }
    }

    /** Not while it is on its way into the ledger, or that cannot be read. */
    private boolean waitsAgain(String promise) {
        if (promises.hostQueued().comes(promise)) {
            return false;
        }
        try {
            returned.accept(promise);
            return true;
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.FINE, "the ledger is asked again", e);
            return false;
        }
    }

    private static List<String> next(Queue<String> noted) {
        List<String> some = new ArrayList<>();
        for (String one = noted.poll(); one != null; one = some.size() < MOST_TOGETHER ? noted.poll() : null) {
            some.add(one);
        }
        return some;
    }

    /** Settles what was noted, and then does nothing more. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOGGER.log(Level.WARNING, "some cancelled builds are not settled yet; the next start has them built");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settle();
    }
}
