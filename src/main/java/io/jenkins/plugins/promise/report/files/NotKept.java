package io.jenkins.plugins.promise.report.files;

/** Files that a worker has produced, or should have, are not kept or not handed on. The message says which, and why. */
public final class NotKept extends Exception {
    private static final long serialVersionUID = 1;

    /** For that reason. */
    public NotKept(String message) {
        super(message);
    }
}
