package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.acceptance.Builds;
import io.jenkins.plugins.promise.acceptance.PromiseListener;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.Deployed;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.ledger.Promise;
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
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs promises on this machine: workers as processes, orchestrations as programs. */
final class LocalBuilds implements Builds, PromiseListener, AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(LocalBuilds.class.getName());
    private static final int KILL_MILLIS = 15_000;
    private static final int CALLED_AT_ONCE = 500;

    private final Home home;
    private final VersionStore catalog;
    private final LocalQueue queue;
    private final ReportReader reports;
    private final Workspaces workspaces;
    private final WorkerEnvironment environment;
    private final RunMark mark;
    private final StartAttempts starts = new StartAttempts();
    private final Set<String> startingAgain = ConcurrentHashMap.newKeySet();
    private final Map<String, WorkerRun> workers = new ConcurrentHashMap<>();
    private final ExecutorService killers = Executors.newCachedThreadPool(LocalBuilds::thread);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(LocalBuilds::thread);
    private final Promises promises;
    private final RunGuard guard;
    private final Orchestrations orchestrations;
    private volatile boolean stopping;

    /**
     * Builds of which nothing runs yet.
     *
     * @param scripts the scripts of orchestrations
     * @param sealer seals what is kept of orchestrations
     * @param reports reads what workers wrote
     * @param workspaces where workers run
     * @param environment what worker processes inherit
     * @param orchestrationsAtOnce how many orchestrations from outside are under way at once
     * @param scriptLimit how long a script may run without coming to a step
     */
    LocalBuilds(
            Home home,
            VersionStore catalog,
            CompiledScripts scripts,
            LocalSealer sealer,
            LocalQueue queue,
            ReportReader reports,
            Workspaces workspaces,
            WorkerEnvironment environment,
            int orchestrationsAtOnce,
            Duration scriptLimit,
            Promises promises) {
        this.promises = promises;
        this.home = home;
        this.catalog = catalog;
        this.queue = queue;
        this.reports = reports;
        this.workspaces = workspaces;
        this.environment = environment;
        this.mark = RunMark.ofHome(home.folder());
        this.guard = new RunGuard(promises::settle, this::stopping);
        this.orchestrations = new Orchestrations(
                home,
                scripts,
                sealer,
                promises,
                guard,
                new ProgramThreads(scriptLimit),
                orchestrationsAtOnce,
                this::variables,
                this::stopping);
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

    @Override
    public int window(String lane) {
        return switch (lane) {
            case LocalLanes.WORKER -> 2 * queue.executors();
            case LocalLanes.ORCHESTRATION -> orchestrations.room();
            default -> CALLED_AT_ONCE;
        };
    }

    @Override
    public Optional<String> why(Promise promise) {
        return queue.queued(promise.id())
                ? Optional.of("Waiting for next available executor; all " + queue.executors() + " are busy")
                : Optional.empty();
    }

    private String url(String promiseId) {
        return promises.url(promiseId);
    }

    @Override
    public Status find(Promise promise) {
        return workers.containsKey(promise.id())
                        || orchestrations.contains(promise.id())
                        || startingAgain.contains(promise.id())
                        || queue.queued(promise.id())
                ? Status.ALIVE
                : Status.LOST;
    }

    @Override
    public void enqueue(Promise promise) {
        Deployed job = catalog.resolve(promise.version())
                .orElseThrow(
                        () -> new IllegalStateException("the version " + promise.version() + " is no longer deployed"));
        if (job.kind() == JobKind.WORKER) {
            queueWorker(promise, job);
        } else {
            orchestrations.start(promise, job);
        }
    }

    private void queueWorker(Promise promise, Deployed job) {
        queue.add(promise.id(), () -> guard.run(promise.id(), () -> runWorker(promise, job)));
    }

    private void runWorker(Promise promise, Deployed job) {
        String id = promise.id();
        if (stopping || settled(id)) {
            return;
        }
        Masker masker = new Masker(promises.secrets(promise));
        try (RunLog log = new RunLog(home.log(id), masker)) {
            Path files = catalog.files(job);
            WorkerRun run = new WorkerRun(
                    files.resolve(job.script()), workspaces, environment(promise, files), mark.of(id), log, reports);
            workers.put(id, run);
            try {
                if (settled(id)) {
                    // Whoever settled it since may not have seen this run.
                    return;
                }
                Outcome outcome = run.run(() -> promises.started(id, "local")).withLog(log.tail(url(id) + "/log"));
                // A failed worker's workspace stays for its author to look at.
                workspaces.ended(id, outcome.status() == ReportStatus.FAILURE);
                if (!stopping) {
                    guard.settle(id, outcome);
                }
            } finally {
                workers.remove(id);
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
                            queueWorker(promise, job);
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
        all.putAll(promises.inputs(promise));
        all.putAll(variables(promise));
        all.put("PROMISE_JOB_DIR", files.toString());
        all.put("WORKSPACE", workspaces.of(promise.id()).toString());
        return all;
    }

    /** What a script may want to know of its promise. */
    private Map<String, String> variables(Promise promise) {
        Map<String, String> variables = new HashMap<>();
        variables.put("PROMISE_ID", promise.id());
        variables.put("PROMISE_JOB", promise.job());
        variables.put("PROMISE_VERSION", promise.version());
        variables.put("PROMISE_URL", url(promise.id()));
        variables.put("BUILD_NUMBER", Long.toString(promise.number()));
        variables.put("NODE_NAME", "local");
        return variables;
    }

    /** Whether the controller is stopping, so that what ends now was ended by it. */
    private boolean stopping() {
        return stopping;
    }

    @Override
    public void changed(Promise promise) {
        if (!promise.state().settled()) {
            return;
        }
        starts.done(promise.id());
        orchestrations.settled(promise);
        if (promise.parent() != null) {
            orchestrations.workerSettled(promise);
        }
    }

    @Override
    public void abandon(Promise promise, String why) {
        queue.remove(promise.id());
        startingAgain.remove(promise.id());
        WorkerRun worker = workers.get(promise.id());
        if (worker != null) {
            killers.execute(worker::kill);
        }
    }

    /** How many workers run. */
    int running() {
        return workers.size();
    }

    /**
     * Stops: nothing more is started, workers that run have some time to end, then they are killed. What is not settled
     * by then is queued again at the next start.
     */
    void stop(long graceMillis, Collection<String> told) throws InterruptedException {
        queue.close();
        queue.awaitRunning(graceMillis);
        stopping = true;
        told.addAll(workers.keySet());
        workers.values().forEach(WorkerRun::kill);
        orchestrations.stop();
        queue.awaitRunning(KILL_MILLIS);
    }

    @Override
    public void close() {
        stopping = true;
        timer.shutdownNow();
        orchestrations.close();
        killers.shutdownNow();
    }
}
