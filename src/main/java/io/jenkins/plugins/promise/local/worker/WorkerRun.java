package io.jenkins.plugins.promise.local.worker;

import io.jenkins.plugins.promise.report.BuildResult;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportReader;
import io.jenkins.plugins.promise.report.files.NotKept;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One run of a worker's script, as a process in a workspace of its own. */
public final class WorkerRun {
    private static final Logger LOGGER = Logger.getLogger(WorkerRun.class.getName());
    private static final int DRAIN_MILLIS = 5_000;
    private static final int SIGNAL_BASE = 128;

    private final ScriptFile script;
    private final Workspaces workspaces;
    private final Map<String, String> environment;
    private final RunMark mark;
    private final RunLog log;
    private final ReportReader reports;
    private final WorkspaceContent files;
    private Process process;
    private boolean killed;

    /**
     * A run that has not begun.
     *
     * @param script the script, in the folder of its deployed version
     * @param workspaces where it gets an empty workspace
     * @param environment all its environment variables
     * @param mark whose run it is, and what its processes are found by
     * @param files what it is given, and what becomes of what it produces
     */
    public WorkerRun(
            Path script,
            Workspaces workspaces,
            Map<String, String> environment,
            RunMark mark,
            RunLog log,
            ReportReader reports,
            WorkspaceContent files) {
        this.script = new ScriptFile(script);
        this.workspaces = workspaces;
        this.environment = new HashMap<>(environment);
        this.mark = mark;
        this.log = log;
        this.reports = reports;
        this.files = files;
    }

    /**
     * Runs the script to its end and reads its report. Its workspace stays until {@link Workspaces#ended} is called.
     *
     * @param started told when it could be started, or will never be
     * @throws WorkerNotStarted if the machine could not start it; its workspace is gone then
     */
    public Outcome run(Runnable started) throws InterruptedException, WorkerNotStarted {
        boolean begun = false;
        try {
            Path workspace = workspaces.create(mark.run());
            Optional<String> lacking = bring(workspace);
            Optional<String> refused = lacking.isPresent() ? lacking : start(workspace);
            started.run();
            Outcome outcome;
            if (refused.isPresent()) {
                log.print("cannot start: " + refused.get());
                outcome = Outcome.failure("the script cannot be started: " + refused.get());
            } else {
                outcome = files.keep(workspace, await(workspace), log);
            }
            begun = true;
            return outcome;
        } catch (IOException e) {
            throw new WorkerNotStarted(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } finally {
            if (!begun) {
                workspaces.ended(mark.run(), false);
            }
        }
    }

    private Optional<String> bring(Path workspace) throws IOException {
        try {
            files.bring(workspace, log);
            return Optional.empty();
        } catch (NotKept e) {
            return Optional.of(e.getMessage());
        }
    }

    private Outcome await(Path workspace) throws InterruptedException, WorkerNotStarted {
        Thread copier = new Thread(() -> copy(process.getInputStream()), "promise-log");
        copier.setDaemon(true);
        try {
            copier.start();
        } catch (OutOfMemoryError e) {
            kill();
            throw new WorkerNotStarted("the machine gives no thread for its output", e);
        }
        int code = process.waitFor();
        // What the script left in the background would hold its output open and live on in the workspace.
        ProcessTree.kill(null, mark);
        copier.join(DRAIN_MILLIS);
        BuildResult result = new BuildResult(code == 0, told(code));
        // The script may have put a link to another folder in the place of its workspace.
        return Files.isDirectory(workspace, LinkOption.NOFOLLOW_LINKS)
                ? reports.read(workspace, result)
                : reports.missing(result);
    }

    /** Starts the script; tells what is wrong with it, if that is why it cannot be. */
    private synchronized Optional<String> start(Path workspace) throws IOException {
        if (killed) {
            return Optional.of("it was cancelled");
        }
        Optional<String> problem = script.problem();
        if (problem.isPresent()) {
            return problem;
        }
        List<String> command = new ArrayList<>(mark.launcher());
        command.addAll(script.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(workspace.toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(mark.variable());
        try {
            process = builder.start();
            return Optional.empty();
        } catch (IOException e) {
            Optional<String> fault = ScriptFile.fault(e);
            if (fault.isEmpty()) {
                throw e;
            }
            return fault;
        }
    }

    private void copy(InputStream output) {
        try {
            log.copy(output);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the output of a run that was killed", e);
        }
    }

    /** Ends the script and all it started. */
    public void kill() {
        ProcessHandle handle;
        synchronized (this) {
            killed = true;
            handle = process == null ? null : process.toHandle();
        }
        if (handle != null) {
            ProcessTree.kill(handle, mark);
        }
    }

    private static String told(int code) {
        return code > SIGNAL_BASE && code < SIGNAL_BASE + 65
                ? "killed by signal " + (code - SIGNAL_BASE)
                : "exit code " + code;
    }
}
