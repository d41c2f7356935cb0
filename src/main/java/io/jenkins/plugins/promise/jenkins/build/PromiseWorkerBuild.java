package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Build;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import java.io.File;
import java.io.IOException;

/** A build of a {@link PromiseWorker}. */
public final class PromiseWorkerBuild extends Build<PromiseWorker, PromiseWorkerBuild> {
    /** A build that begins. */
    public PromiseWorkerBuild(PromiseWorker project) throws IOException {
        super(project);
    }

    /** A build that is loaded from its folder. */
    public PromiseWorkerBuild(PromiseWorker project, File folder) throws IOException {
        super(project, folder);
    }
}
