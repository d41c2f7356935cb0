package io.jenkins.plugins.promise.jenkins.queue;

import hudson.model.Job;
import hudson.model.Queue;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Goes between promises and Jenkins' queue. What it is told while that is locked it only takes note of, and does behind
 * the lock.
 */
public final class PromiseQueue implements PromiseListener, AutoCloseable {
    private final Promises promises;
    private final BooleanSupplier stopping;
    private final QueuedPromises items = new QueuedPromises();
    private final QueuePasses passes = new QueuePasses();
    private final CancelledItems cancelled;

    /**
     * A queue of which nothing is known yet.
     *
     * @param returned is told of promises that have not ended, but whose builds are not queued any more
     * @param stopping whether Jenkins goes down, so that what it takes out of its queue was cancelled by nobody
     */
    public PromiseQueue(Promises promises, Consumer<String> returned, BooleanSupplier stopping) {
        this.promises = promises;
        this.stopping = stopping;
        this.cancelled = new CancelledItems(promises, returned);
    }

    /** Which promises' builds are in the queue. */
    public QueuedPromises items() {
        return items;
    }

    /** What the queue has kept over a restart. None of it starts before it was looked up. */
    public KeptItems kept() {
        KeptItems kept = new KeptItems(promises.hostQueued(), items, passes::ask);
        kept.holdBack();
        return kept;
    }

    /** A build entered the queue, which is locked. */
    void entered(String promise, long item) {
        items.entered(promise, item);
        // What is queued here is noted when the queue is free again, and what is not in the ledger yet when it is.
        if (!items.entering(promise) && !promises.hostQueued().comes(promise)) {
            promises.progress().queued(promise, item);
        }
    }

    /** A promise that was not in the ledger yet when its build entered the queue is there now, and the build may start. */
    @Override
    public void changed(Promise promise) {
        if (promise.state() != PromiseState.PENDING
                || promise.progress().queueItem().isPresent()) {
            return;
        }
        Optional<Long> item = items.item(promise.id());
        if (item.isPresent() && !items.entering(promise.id())) {
            promises.progress().queued(promise.id(), item.get());
            passes.ask();
        }
    }

    /** A build left the queue, which is locked. */
    void left(String promise, Queue.LeftItem item) {
        items.left(promise, item.getId());
        if (!item.isCancelled()) {
            // Of several items that wait for one node, a pass over the queue starts one only.
            passes.ask();
        } else if (!stopping.getAsBoolean()) {
            boolean disabled = item.task instanceof Job<?, ?> job && !job.isBuildable();
            if (disabled || items.withdrawing(promise)) {
                // Jenkins itself does that when a job is disabled, and we when a version is paused.
                cancelled.putBack(promise);
            } else {
                cancelled.cancelled(promise);
            }
        }
    }

    /** Has the promises of a job that was disabled wait in the ledger: in the queue they would be in the way of others. */
    public void withdraw(Job<?, ?> job) {
        if (job instanceof Queue.Task task) {
            items.cancelAll(task);
        }
    }

    @Override
    public void close() {
        passes.close();
        cancelled.close();
    }
}
