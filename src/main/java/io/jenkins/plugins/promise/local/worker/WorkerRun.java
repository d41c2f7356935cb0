package io.jenkins.plugins.promise.local.worker;

import io.jenkins.plugins.promise.ledger.DurableFiles;
import io.jenkins.plugins.promise.report.BuildResult;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One run of a worker's script, as a process in a workspace of its own. */
public final class WorkerRun {
    private static final Logger LOGGER = Logger.getLogger(WorkerRun.class.getName());
    private static final int DRAIN_MILLIS = 5_000;
    private static final int SIGNAL_BASE = 128;

    private final Path script;
    private final Path workspace;
    private final Map<String, String> environment;
    private final String cookie;
    private final RunLog log;
    private final ReportReader reports;
    private Process process;
    private boolean killed;

    /**
     * A run that has not begun.
     *
     * @param script the script, in the folder of its deployed version
     * @param workspace where it runs; emptied first
     * @param environment all its environment variables
     * @param cookie what its processes are found by
     */
    public WorkerRun(
            Path script,
            Path workspace,
            Map<String, String> environment,
            String cookie,
            RunLog log,
            ReportReader reports) {
        this.script = script;
        this.workspace = workspace;
        this.environment = new HashMap<>(environment);
        this.cookie = cookie;
        this.log = log;
        this.reports = reports;
    }

    /** Runs the script to its end and reads its report. */
    public Outcome run() throws InterruptedException {
        try {
            DurableFiles.delete(workspace);
            Files.createDirectories(workspace);
            start();
        } catch (IOException e) {
            log.print("cannot start: " + e.getMessage());
            return Outcome.failure("the script cannot be started: " + e.getMessage());
        }
        Thread copier = new Thread(() -> copy(process.getInputStream()), "promise-log");
        copier.setDaemon(true);
        copier.start();
        int code = process.waitFor();
        // What the script left in the background would hold its output open and live on in the workspace.
        ProcessTree.kill(null, cookie);
        copier.join(DRAIN_MILLIS);
        return reports.read(workspace, new BuildResult(code == 0, told(code)));
    }

    private synchronized void start() throws IOException {
        if (killed) {
            throw new IOException("it was cancelled");
        }
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.directory(workspace.toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(ProcessTree.COOKIE, cookie);
        process = builder.start();
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        try (InputStream in = Files.newInputStream(script)) {
            byte[] head = in.readNBytes(2);
            if (head.length < 2 || head[0] != '#' || head[1] != '!') {
                command.add("bash");
            }
        }
        command.add(script.toString());
        return command;
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
            ProcessTree.kill(handle, cookie);
        }
    }

    private static String told(int code) {
        return code > SIGNAL_BASE && code < SIGNAL_BASE + 65
                ? "killed by signal " + (code - SIGNAL_BASE)
                : "exit code " + code;
    }
}
