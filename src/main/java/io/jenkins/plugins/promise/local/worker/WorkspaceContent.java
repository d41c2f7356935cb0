package io.jenkins.plugins.promise.local.worker;

import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.files.NotKept;
import java.io.IOException;
import java.nio.file.Path;

/** What lies in a worker's workspace before it begins, and what is kept of it afterwards. */
public interface WorkspaceContent {
    /**
     * Fills an empty workspace.
     *
     * @throws NotKept if something that the worker was promised is not to be had
     * @throws IOException if the machine cannot do it now
     */
    void bring(Path workspace, RunLog log) throws NotKept, IOException;

    /** Keeps what a worker has produced; tells how it ended, which may be a failure because of that. */
    Outcome keep(Path workspace, Outcome outcome, RunLog log);
}
