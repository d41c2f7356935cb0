package io.jenkins.plugins.promise.cli;

/** A command cannot do what it was asked to; the message is for the person who asked. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /** A failure with that exit code. */
    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
