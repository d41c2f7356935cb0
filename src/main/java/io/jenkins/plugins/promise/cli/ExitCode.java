package io.jenkins.plugins.promise.cli;

/** The exit codes of all commands. */
public final class ExitCode {
    /** All went well. */
    public static final int SUCCESS = 0;
    /** The promise was rejected, or a check found errors. */
    public static final int FAILURE = 1;
    /** The command line or the inputs are wrong. */
    public static final int USAGE = 2;
    /** Something could not be reached or written. */
    public static final int UNREACHABLE = 3;

    private ExitCode() {}
}
