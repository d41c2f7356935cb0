package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Cause;
import io.jenkins.plugins.promise.jenkins.Messages;

/** A build was queued because a promise was accepted. */
public final class PromiseCause extends Cause {
    private final String promise;
    private final String parent;

    /**
     * A cause.
     *
     * @param promise the promise that the build is for
     * @param parent the orchestration's promise; null for a submission from outside
     */
    public PromiseCause(String promise, String parent) {
        this.promise = promise;
        this.parent = parent;
    }

    /** The promise that the build is for. */
    public String getPromise() {
        return promise;
    }

    /** The orchestration's promise; null for a submission from outside. */
    public String getParent() {
        return parent;
    }

    @Override
    public String getShortDescription() {
        return parent == null
                ? Messages.PromiseCause_Submitted(promise)
                : Messages.PromiseCause_Worker(promise, parent);
    }
}
