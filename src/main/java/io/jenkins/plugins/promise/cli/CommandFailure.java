package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** A command cannot do what it was asked to; the message is for the person who asked. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /** A failure with that exit code. */
    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What somebody has written is wrong; each finding is a line. */
    public static CommandFailure of(List<Finding> findings) {
        return new CommandFailure(
                ExitCode.USAGE, findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
