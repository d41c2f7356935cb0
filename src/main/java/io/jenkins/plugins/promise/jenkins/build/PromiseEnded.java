package io.jenkins.plugins.promise.jenkins.build;

import io.jenkins.plugins.promise.jenkins.Messages;
import jenkins.model.CauseOfInterruption;

/** A build was stopped because its promise was settled otherwise. */
public final class PromiseEnded extends CauseOfInterruption {
    private static final long serialVersionUID = 1;

    private final String why;

    /** Stopped for that reason. */
    public PromiseEnded(String why) {
        this.why = why;
    }

    @Override
    public String getShortDescription() {
        return Messages.PromiseEnded_Stopped(why);
    }
}
