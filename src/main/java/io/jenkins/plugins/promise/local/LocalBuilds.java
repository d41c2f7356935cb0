package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.acceptance.environment.LeaseKeeper;
import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.steps.EnvironmentSteps;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.console.HostLoad;
import io.jenkins.plugins.promise.local.files.HandedFiles;
import io.jenkins.plugins.promise.local.home.Home;
import io.jenkins.plugins.promise.local.home.LocalSealer;
import io.jenkins.plugins.promise.local.orchestration.CompiledScripts;
import io.jenkins.plugins.promise.local.orchestration.Orchestrations;
import io.jenkins.plugins.promise.local.orchestration.ProgramThreads;
import io.jenkins.plugins.promise.local.orchestration.RunGuard;
import io.jenkins.plugins.promise.local.worker.WorkerEnvironment;
import io.jenkins.plugins.promise.local.worker.Workspaces;
import io.jenkins.plugins.promise.report.ReportReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Runs promises on this machine: workers as processes, orchestrations as programs. */
final class LocalBuilds implements Builds, PromiseListener, AutoCloseable {
    private static final int CALLED_AT_ONCE = 500;

    private final VersionStore catalog;
    private final LocalQueue queue;
    private final Promises promises;
    private final Workers workers;
    private final Orchestrations orchestrations;
    private final LeaseKeeper leases;
    private volatile boolean stopping;

    /**
     * Builds of which nothing runs yet.
     *
     * @param scripts the scripts of orchestrations
     * @param sealer seals what is kept of orchestrations
     * @param reports reads what workers wrote
     * @param workspaces where workers run
     * @param environment what worker processes inherit
     * @param files what workers produce for each other
     * @param orchestrationsAtOnce how many orchestrations from outside are under way at once
     * @param scriptLimit how long a script may run without coming to a step
     * @param book what the ledger keeps of environments
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
            HandedFiles files,
            int orchestrationsAtOnce,
            Duration scriptLimit,
            Book book,
            Clock clock,
            Promises promises) {
        this.catalog = catalog;
        this.queue = queue;
        this.promises = promises;
        RunGuard guard = new RunGuard(promises::settle, this::stopping);
        this.workers = new Workers(
                home,
                catalog,
                promises,
                guard,
                queue,
                reports,
                workspaces,
                environment,
                files,
                this::variables,
                this::stopping);
        this.orchestrations = new Orchestrations(
                home,
                scripts,
                sealer,
                promises,
                guard,
                new ProgramThreads(scriptLimit),
                orchestrationsAtOnce,
                this::variables,
                p -> new EnvironmentSteps(book, clock, p.id(), p.submitter().told()),
                this::stopping);
        this.leases = new LeaseKeeper(book.leases());
        leases.begin(orchestrations::contains);
    }

    /** Ends what processes a controller that was killed has left behind. */
    void killOrphans() {
        workers.killOrphans();
    }

    @Override
    public int window(String lane) {
        return switch (lane) {
            case LocalLanes.WORKER -> 2 * queue.executors();
            case LocalLanes.ORCHESTRATION -> orchestrations.room();
            default -> CALLED_AT_ONCE;
        };
    }

    /** What this machine does now. */
    HostLoad load() {
        Map<String, Integer> windows = new HashMap<>();
        for (String lane : LocalLanes.ALL) {
            windows.put(lane, window(lane));
        }
        return new HostLoad(queue.executors(), queue.running(), queue.waiting(), windows);
    }

    @Override
    public Optional<String> why(Promise promise) {
        return queue.queued(promise.id())
                ? Optional.of("Waiting for next available executor; all " + queue.executors() + " are busy")
                : Optional.empty();
    }

    @Override
    public Optional<WaitsFor> waitsFor(Promise promise) {
        return orchestrations.waitsFor(promise.id());
    }

    @Override
    public Status find(Promise promise) {
        return workers.contains(promise.id()) || orchestrations.contains(promise.id()) ? Status.ALIVE : Status.LOST;
    }

    @Override
    public void enqueue(Promise promise) {
        Deployed job = catalog.resolve(promise.version())
                .orElseThrow(
                        () -> new IllegalStateException("the version " + promise.version() + " is no longer deployed"));
        if (job.kind() == JobKind.WORKER) {
            workers.start(promise, job);
        } else {
            orchestrations.start(promise, job);
        }
    }

    @Override
    public boolean withdraw(Promise promise) {
        return workers.withdraw(promise.id());
    }

    /** What a script may want to know of its promise. */
    private Map<String, String> variables(Promise promise) {
        Map<String, String> variables = new HashMap<>();
        variables.put("PROMISE_ID", promise.id());
        variables.put("PROMISE_JOB", promise.job());
        variables.put("PROMISE_VERSION", promise.version());
        variables.put("PROMISE_URL", promises.url(promise.id()));
        variables.put("BUILD_NUMBER", Long.toString(promise.number()));
        variables.put("NODE_NAME", "local");
        if (promise.parent() != null && promise.parent().fence() > 0) {
            variables.put("PROMISE_FENCE", Long.toString(promise.parent().fence()));
        }
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
        workers.settled(promise);
        orchestrations.settled(promise);
        if (promise.parent() != null) {
            orchestrations.workerSettled(promise);
        }
    }

    @Override
    public void abandon(Promise promise, String why) {
        workers.abandon(promise.id());
    }

    /**
     * Starts no more workers for now, and gives those that run some time to end; what is accepted meanwhile waits.
     *
     * @param unless whether that is no longer wanted
     */
    void hold(long graceMillis, BooleanSupplier unless) throws InterruptedException {
        queue.hold(graceMillis, unless);
    }

    /** Starts workers again. */
    void goOn() {
        queue.goOn();
    }

    /**
     * Stops: nothing more is started, workers that run have some time to end, then they are killed. What is not settled
     * by then is queued again at the next start.
     */
    void stop(long graceMillis, Collection<String> told) throws InterruptedException {
        workers.finish(graceMillis);
        stopping = true;
        workers.kill(told);
        orchestrations.stop();
        workers.awaitKilled();
    }

    @Override
    public void close() {
        stopping = true;
        leases.close();
        workers.close();
        orchestrations.close();
    }
}
