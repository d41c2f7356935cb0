package io.jenkins.plugins.promise.acceptance.host;

import io.jenkins.plugins.promise.ledger.promise.Promise;

/** Is told what becomes of promises, after it is on disk. Must return soon and not throw. */
@FunctionalInterface
public interface PromiseListener {
    /** A promise was accepted, began to run, was settled, or a delivery of it was tried. */
    void changed(Promise promise);

    /** A promise was accepted for a build that its host has queued by itself, and not started; before {@link #changed}. */
    default void queuedByHost(Promise promise) {}

    /** A promise was settled by something else than its build, which is to be ended; told after {@link #changed}. */
    default void ended(Promise promise, String why) {}
}
