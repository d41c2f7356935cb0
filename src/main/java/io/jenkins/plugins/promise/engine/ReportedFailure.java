package io.jenkins.plugins.promise.engine;

import io.jenkins.plugins.promise.orchestration.StepException;

/** A failure that is no mistake in the script: a worker failed, or the script said {@code error}. */
public final class ReportedFailure extends StepException {
    private static final long serialVersionUID = 1;

    /** A failure with that message. */
    public ReportedFailure(String message) {
        super(message);
    }
}
