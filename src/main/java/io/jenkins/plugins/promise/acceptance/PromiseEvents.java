package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells whoever wants to know what becomes of promises. */
final class PromiseEvents implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(PromiseEvents.class.getName());

    private final List<PromiseListener> listeners = new CopyOnWriteArrayList<>();

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "promise-events");
        made.setDaemon(true);
        return made;
    });

    void listen(PromiseListener listener) {
        listeners.add(listener);
    }

    void tell(Promise promise) {
        each(promise, listener -> listener.changed(promise));
    }

    void tellQueuedByHost(Promise promise) {
        each(promise, listener -> listener.queuedByHost(promise));
    }

    void tellEnded(Promise promise, String why) {
        each(promise, listener -> listener.ended(promise, why));
    }

    /** What one of them throws keeps it from none of the others, and nothing from going on. */
    private void each(Promise promise, Consumer<PromiseListener> told) {
        for (PromiseListener listener : listeners) {
            try {
                told.accept(listener);
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.SEVERE, "a listener failed at the promise " + promise.id(), e);
            }
        }
    }

    /** Where what follows from a written change is done, so that nobody holds up the ledger. */
    Executor thread() {
        return task -> {
            try {
                thread.execute(task);
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "stopped; the next start goes on from the ledger", e);
            }
        };
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
