package io.jenkins.plugins.promise.local.orchestration;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.acceptance.environment.EnvironmentWaits;
import io.jenkins.plugins.promise.acceptance.phase.PhaseRun;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.engine.ProgramHost;
import io.jenkins.plugins.promise.engine.Slice;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.worker.RunLog;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import io.jenkins.plugins.promise.report.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the program of one orchestration gets from the local controller. */
final class OrchestrationHost implements ProgramHost {
    private final Promise promise;
    private final Deployed job;
    private final Promises promises;
    private final RunGuard guard;
    private final SavedProgram saved;
    private final RunLog log;
    private final ProgramLane lane;
    private final EnvironmentWaits environments;
    private final BooleanSupplier stopping;
    private final ScriptDeaths deaths;
    private final Runnable outlived;
    private final Map<Integer, PhaseRun> phases = new ConcurrentHashMap<>();
    private volatile boolean settled;

    /**
     * What a program gets.
     *
     * @param deaths is told when the script runs
     * @param outlived called when the script has come to a step, or to its end
     */
    OrchestrationHost(
            Promise promise,
            Deployed job,
            Promises promises,
            RunGuard guard,
            SavedProgram saved,
            RunLog log,
            ProgramLane lane,
            EnvironmentWaits environments,
            BooleanSupplier stopping,
            ScriptDeaths deaths,
            Runnable outlived) {
        this.promise = promise;
        this.job = job;
        this.promises = promises;
        this.guard = guard;
        this.saved = saved;
        this.log = log;
        this.lane = lane;
        this.environments = environments;
        this.stopping = stopping;
        this.deaths = deaths;
        this.outlived = outlived;
    }

    /** Goes on after one of its workers. */
    void workerSettled(Promise worker) {
        PhaseRun phase = phases.get(worker.parent().phase());
        if (phase != null) {
            phase.settled(worker);
        }
    }

    /** Starts no more workers. */
    void settled() {
        settled = true;
        phases.values().forEach(PhaseRun::stop);
        environments.ended();
    }

    /** Something may have changed in an environment that it waits for. */
    void look() {
        environments.look();
    }

    /** What it waits for of an environment; nothing if it does not. */
    Optional<WaitsFor> waitsFor() {
        return environments.waitsFor();
    }

    @Override
    public boolean save(byte[] state) {
        survived();
        return saved.write(state);
    }

    @Override
    public void start(Phase phase, Consumer<Map<String, WorkerResult>> ended) {
        PhaseRun run =
                new PhaseRun(phase, promise.id(), promises, Clock.tickMillis(ZoneOffset.UTC), new PhaseHost(ended));
        phases.put(phase.number(), run);
        if (settled) {
            // Whoever settled it may not have seen this phase.
            run.stop();
        }
        log.print("phase " + phase.name() + ": "
                + phase.calls().stream().map(WorkerCall::name).collect(Collectors.joining(", ")));
        run.start();
    }

    @Override
    public void cancel(Phase phase, String why) {
        PhaseRun run = phases.remove(phase.number());
        if (run != null) {
            run.cancel(why);
        }
    }

    @Override
    public void ask(int question, EnvironmentCall call, Consumer<EnvironmentAnswer> answered) {
        environments.ask(question, call, log::print, answered);
    }

    @Override
    public void withdraw(int question, EnvironmentCall call) {
        environments.withdraw(question, call);
    }

    @Override
    public void wake(Instant at, Runnable then) {
        lane.later(then, Duration.between(now(), at).toMillis());
    }

    @Override
    public void print(String line) {
        log.print(line);
    }

    @Override
    public void ended(Outcome outcome) {
        survived();
        if (!stopping.getAsBoolean()) {
            log.print(outcome.status() + ": " + outcome.reason());
            guard.settle(promise.id(), outcome.withLog(log.tail(promises.url(promise.id()) + "/log")));
        }
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void running(Slice slice) {
        deaths.begin();
        lane.running(slice);
    }

    /** The script does not run, and this controller is there still. */
    void survived() {
        deaths.end();
        outlived.run();
    }

    /** What a phase of this run is told, and tells. */
    private final class PhaseHost implements PhaseRun.Host {
        private final Consumer<Map<String, WorkerResult>> ended;

        private PhaseHost(Consumer<Map<String, WorkerResult>> ended) {
            this.ended = ended;
        }

        @Override
        public String version(WorkerCall call) {
            return job.uses().getOrDefault(call.job(), call.job());
        }

        @Override
        public void print(String line) {
            log.print(line);
        }

        @Override
        public void later(Runnable task, long millis) {
            lane.later(task, millis);
        }

        @Override
        public boolean stopping() {
            return stopping.getAsBoolean();
        }

        @Override
        public void ended(Map<String, WorkerResult> results) {
            lane.execute(() -> ended.accept(results));
        }
    }
}
