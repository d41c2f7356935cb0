package io.jenkins.plugins.promise.cli;

/** The exit codes of all commands. */
final class ExitCode {
    static final int SUCCESS = 0;
    /** The promise was rejected, or a check found errors. */
    static final int FAILURE = 1;
    /** The command line or the inputs are wrong. */
    static final int USAGE = 2;
    /** Something could not be reached or written. */
    static final int UNREACHABLE = 3;

    private ExitCode() {}
}
