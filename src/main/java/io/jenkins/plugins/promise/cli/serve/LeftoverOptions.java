package io.jenkins.plugins.promise.cli.serve;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerOptions;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.contract.files.FileLimits;
import io.jenkins.plugins.promise.local.files.FileSettings;
import io.jenkins.plugins.promise.local.worker.WorkspaceLimits;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What a local controller keeps of what workers leave: the files that they produce, and workspaces of those that failed. */
public final class LeftoverOptions {
    @Option(
            names = "--files",
            paramLabel = "DIR",
            description =
                    "Where the files that workers produce are kept (default: in the home). Controllers that share a"
                            + " ledger can hand files on after one of them has died only if they share this folder, too.")
    private Path files;

    @Option(
            names = "--max-files-bytes",
            paramLabel = "BYTES",
            description = "How large the files that one worker produces may be together (default: 1 GiB).")
    private long maxFilesBytes = FileLimits.DEFAULT.bytes();

    @Option(
            names = "--max-files",
            paramLabel = "N",
            description = "How many files one worker may produce (default: 10000).")
    private int maxFiles = FileLimits.DEFAULT.count();

    @Option(
            names = "--keep-workspaces",
            paramLabel = "N",
            description = "How many workspaces of failed workers are kept (default: 20).")
    private int keepWorkspaces = WorkspaceLimits.DEFAULT.count();

    @Option(
            names = "--keep-workspaces-bytes",
            paramLabel = "BYTES",
            description = "How large they may be together (default: 1 GiB).")
    private long keepWorkspacesBytes = WorkspaceLimits.DEFAULT.bytes();

    @Option(
            names = "--keep-workspaces-for",
            paramLabel = "TIME",
            converter = ControllerOptions.Times.class,
            description = "How long they are kept (default: 3d).")
    private Duration keepWorkspacesFor = WorkspaceLimits.DEFAULT.age();

    /** What is kept of the files that workers produce. */
    public FileSettings files() {
        return new FileSettings(files == null ? null : files.toAbsolutePath(), new FileLimits(maxFilesBytes, maxFiles));
    }

    /** What is kept of the workspaces of workers that failed. */
    public WorkspaceLimits workspaces() {
        return new WorkspaceLimits(keepWorkspaces, keepWorkspacesBytes, keepWorkspacesFor);
    }

    /** Complains about numbers that make no sense. */
    public void check() {
        if (maxFilesBytes < 1 || maxFiles < 1 || keepWorkspaces < 0 || keepWorkspacesBytes < 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--max-files-bytes and --max-files must be at least 1, --keep-workspaces and"
                            + " --keep-workspaces-bytes at least 0");
        }
    }
}
