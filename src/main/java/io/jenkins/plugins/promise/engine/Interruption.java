package io.jenkins.plugins.promise.engine;

import io.jenkins.plugins.promise.orchestration.StepException;

/** Ends what a branch waits for: a timeout around it passed, or another branch of a {@code failFast} parallel failed. */
public final class Interruption extends StepException {
    private static final long serialVersionUID = 1;

    private final int scope;

    Interruption(String message, int scope) {
        super(message);
        this.scope = scope;
    }

    /** The number of the timeout that passed; 0 for another cause. */
    public int scope() {
        return scope;
    }
}
