package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.ledger.Promise;

/** Is told what becomes of promises, after it is on disk. Must return soon and not throw. */
public interface PromiseListener {
    /** A promise was accepted, began to run, was settled, or a delivery of it was tried. */
    void changed(Promise promise);
}
