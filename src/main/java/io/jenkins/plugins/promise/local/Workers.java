package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.files.HandedFiles;
import io.jenkins.plugins.promise.local.home.Home;
import io.jenkins.plugins.promise.local.orchestration.RunGuard;
import io.jenkins.plugins.promise.local.worker.ProcessTree;
import io.jenkins.plugins.promise.local.worker.RunLog;
import io.jenkins.plugins.promise.local.worker.RunMark;
import io.jenkins.plugins.promise.local.worker.WorkerEnvironment;
import io.jenkins.plugins.promise.local.worker.WorkerNotStarted;
import io.jenkins.plugins.promise.local.worker.WorkerRun;
import io.jenkins.plugins.promise.local.worker.Workspaces;
import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportReader;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The workers that wait for an executor, and those that run. */
final class Workers implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Workers.class.getName());
    private static final int KILL_MILLIS = 15_000;

    private final Home home;
    private final VersionStore catalog;
    private final Promises promises;
    private final RunGuard guard;
    private final LocalQueue queue;
    private final ReportReader reports;
    private final Workspaces workspaces;
    private final WorkerEnvironment environment;
    private final HandedFiles files;
    private final Function<Promise, Map<String, String>> variables;
    private final BooleanSupplier stopping;
    private final RunMark mark;
    private final StartAttempts starts = new StartAttempts();
    private final Set<String> startingAgain = ConcurrentHashMap.newKeySet();
    private final Map<String, WorkerRun> runs = new ConcurrentHashMap<>();
    private final ExecutorService killers = Executors.newCachedThreadPool(Workers::thread);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Workers::thread);

    /**
     * None.
     *
     * @param reports reads what workers wrote
     * @param workspaces where workers run
     * @param environment what worker processes inherit
     * @param files what workers produce for each other
     * @param variables what a worker may want to know of its promise
     * @param stopping whether the controller stops, so that what ends now was ended by it
     */
    Workers(
            Home home,
            VersionStore catalog,
            Promises promises,
            RunGuard guard,
            LocalQueue queue,
            ReportReader reports,
            Workspaces workspaces,
            WorkerEnvironment environment,
            HandedFiles files,
            Function<Promise, Map<String, String>> variables,
            BooleanSupplier stopping) {
        this.home = home;
        this.catalog = catalog;
        this.promises = promises;
        this.guard = guard;
        this.queue = queue;
        this.reports = reports;
        this.workspaces = workspaces;
        this.environment = environment;
        this.files = files;
        this.variables = variables;
        this.stopping = stopping;
        this.mark = RunMark.ofHome(home.folder());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "promise-builds");
        thread.setDaemon(true);
        return thread;
    }

    /** Ends what processes a controller that was killed has left behind. */
    void killOrphans() {
        ProcessTree.kill(null, mark);
    }

    /** Whether it waits or runs. */
    boolean contains(String promise) {
        return runs.containsKey(promise) || startingAgain.contains(promise) || queue.queued(promise);
    }

    /** Queues one. */
    void start(Promise promise, Deployed job) {
        queue.add(promise.id(), () -> guard.run(promise.id(), () -> run(promise, job)));
    }

    private void run(Promise promise, Deployed job) {
        String id = promise.id();
        if (stopping.getAsBoolean() || settled(id)) {
            return;
        }
        Masker masker = new Masker(promises.secrets().values(promise));
        try (RunLog log = new RunLog(home.log(id), masker)) {
            Path folder = catalog.files(job);
            WorkerRun run = new WorkerRun(
                    folder.resolve(job.script()),
                    workspaces,
                    environment(promise, folder),
                    mark.of(id),
                    log,
                    reports,
                    files.of(promise, job));
            runs.put(id, run);
            try {
                if (settled(id)) {
                    // Whoever settled it since may not have seen this run.
                    return;
                }
                Outcome outcome = run.run(() -> promises.progress().started(id, "local"))
                        .withLog(log.tail(promises.url(id) + "/log"));
                // A failed worker's workspace stays for its author to look at.
                workspaces.ended(id, outcome.status() == ReportStatus.FAILURE);
                if (!stopping.getAsBoolean()) {
                    guard.settle(id, outcome);
                }
            } finally {
                runs.remove(id);
            }
        } catch (IOException e) {
            startAgain(promise, job, "its log cannot be written: " + e.getMessage());
        } catch (WorkerNotStarted e) {
            startAgain(promise, job, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean settled(String id) {
        try {
            return promises.find(id).state().settled();
        } catch (Refused e) {
            return true;
        } catch (UncheckedIOException e) {
            // The ledger cannot tell just now; what is settled already is not settled again.
            return false;
        }
    }

    /** What the machine could not start now it may start soon; the executor is free meanwhile. */
    private void startAgain(Promise promise, Deployed job, String reason) {
        String id = promise.id();
        OptionalLong delay = starts.failed(id, reason);
        if (delay.isEmpty()) {
            guard.settle(id, Outcome.failure("the worker could not be started: " + reason));
            return;
        }
        startingAgain.add(id);
        try {
            var unused = timer.schedule(
                    () -> {
                        if (startingAgain.remove(id)) {
                            start(promise, job);
                        }
                    },
                    delay.getAsLong(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start queues it again", e);
        }
    }

    private Map<String, String> environment(Promise promise, Path files) {
        Map<String, String> all = new HashMap<>(environment.variables());
        all.putAll(promises.secrets().inputs(promise));
        all.putAll(variables.apply(promise));
        all.put("PROMISE_JOB_DIR", files.toString());
        all.put("WORKSPACE", workspaces.of(promise.id()).toString());
        return all;
    }

    /** Takes one out of the queue again; tells whether it waited for an executor, or to be started again. */
    boolean withdraw(String promise) {
        return queue.remove(promise) || startingAgain.remove(promise);
    }

    /** Ends one that was settled otherwise, wherever it stands. */
    void abandon(String promise) {
        var unused = queue.remove(promise);
        startingAgain.remove(promise);
        WorkerRun run = runs.get(promise);
        if (run != null) {
            killers.execute(run::kill);
        }
    }

    /** Takes note that one is settled. */
    void settled(Promise worker) {
        starts.done(worker.id());
    }

    /** Starts nothing more, and waits for those that run, but not longer than that. */
    void finish(long graceMillis) throws InterruptedException {
        queue.close();
        queue.awaitRunning(graceMillis);
    }

    /**
     * Ends those that run.
     *
     * @param told gets their promises
     */
    void kill(Collection<String> told) {
        told.addAll(runs.keySet());
        runs.values().forEach(WorkerRun::kill);
    }

    /** Waits for those that were ended. */
    void awaitKilled() throws InterruptedException {
        queue.awaitRunning(KILL_MILLIS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        killers.shutdownNow();
    }
}
