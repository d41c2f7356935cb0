package io.jenkins.plugins.promise.local.worker;

/**
 * A worker that could not be started for a fault of the machine: no memory, no file handles, a full disk. Nothing of its
 * script has run, or what has was ended at once; it may be started again later. The message is the reason.
 */
public final class WorkerNotStarted extends Exception {
    private static final long serialVersionUID = 1;

    /** A worker that could not be started for that reason. */
    public WorkerNotStarted(String reason, Throwable cause) {
        super(reason, cause);
    }
}
