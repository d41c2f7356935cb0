package io.jenkins.plugins.promise.local.orchestration;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.acceptance.environment.EnvironmentWaits;
import io.jenkins.plugins.promise.contract.CheckedInputs;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.engine.Program;
import io.jenkins.plugins.promise.engine.ProgramHost;
import io.jenkins.plugins.promise.engine.compiler.CompiledScript;
import io.jenkins.plugins.promise.engine.compiler.ScriptErrors;
import io.jenkins.plugins.promise.environment.steps.EnvironmentSteps;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.home.Home;
import io.jenkins.plugins.promise.local.home.LocalSealer;
import io.jenkins.plugins.promise.local.worker.RunLog;
import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The orchestrations that are under way. */
public final class Orchestrations implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Orchestrations.class.getName());

    private final Home home;
    private final CompiledScripts scripts;
    private final LocalSealer sealer;
    private final Promises promises;
    private final RunGuard guard;
    private final ProgramThreads threads;
    private final int atOnce;
    private final Function<Promise, Map<String, String>> variables;
    private final Function<Promise, EnvironmentSteps> environments;
    private final BooleanSupplier stopping;
    private final QuietLog troubles = new QuietLog(LOGGER);
    private final OneAfterTheOther suspects = new OneAfterTheOther();
    private final Map<String, OrchestrationRun> runs = new ConcurrentHashMap<>();
    /** Those that no other orchestration waits for: one that does must never keep the other from running. */
    private final Set<String> outermost = ConcurrentHashMap.newKeySet();

    /**
     * None.
     *
     * @param sealer seals what is saved of them
     * @param atOnce how many that nobody waits for here may be under way at once
     * @param variables what a script may want to know of its promise
     * @param environments answers its steps about environments
     * @param stopping whether the controller stops, so that what ends now was ended by it
     */
    public Orchestrations(
            Home home,
            CompiledScripts scripts,
            LocalSealer sealer,
            Promises promises,
            RunGuard guard,
            ProgramThreads threads,
            int atOnce,
            Function<Promise, Map<String, String>> variables,
            Function<Promise, EnvironmentSteps> environments,
            BooleanSupplier stopping) {
        this.home = home;
        this.scripts = scripts;
        this.sealer = sealer;
        this.promises = promises;
        this.guard = guard;
        this.threads = threads;
        this.atOnce = atOnce;
        this.variables = variables;
        this.environments = environments;
        this.stopping = stopping;
    }

    /** How many more may be started that came from outside. */
    public int room() {
        return Math.max(0, atOnce - outermost.size());
    }

    /** Whether it is under way. */
    public boolean contains(String promise) {
        return runs.containsKey(promise);
    }

    /** What one waits for of an environment; nothing if it does not. */
    public Optional<WaitsFor> waitsFor(String promise) {
        return Optional.ofNullable(runs.get(promise)).flatMap(OrchestrationRun::waitsFor);
    }

    /** Something may have changed in an environment that some wait for. */
    private void look() {
        runs.values().forEach(OrchestrationRun::look);
    }

    /** Starts one, or goes on where it was saved. */
    public void start(Promise promise, Deployed job) {
        if (promise.parent() == null) {
            outermost.add(promise.id());
        }
        ProgramLane lane = new ProgramLane(promise.id(), threads, guard);
        int deaths = deaths(promise).count();
        if (deaths == 0) {
            lane.execute(() -> start(promise, job, lane));
        } else if (deaths < ScriptDeaths.MOST) {
            suspects.add(promise.id(), () -> lane.execute(() -> start(promise, job, lane)));
        } else {
            rejected(
                    promise.id(),
                    "its controller has ended " + deaths
                            + " times while this script was running, and it is not run again; what it did last is in its"
                            + " log");
        }
    }

    /** Settles one that does not run; what it did in an earlier run is told too. */
    private void rejected(String promise, String why) {
        Outcome outcome = Outcome.failure(why);
        guard.settle(
                promise,
                RunLog.end(home.log(promise), promises.url(promise) + "/log")
                        .map(outcome::withLog)
                        .orElse(outcome));
    }

    private ScriptDeaths deaths(Promise promise) {
        return new ScriptDeaths(home.scriptRuns(promise.id()));
    }

    private void start(Promise promise, Deployed job, ProgramLane lane) {
        String id = promise.id();
        if (stopping.getAsBoolean() || settled(id)) {
            outermost.remove(id);
            suspects.done(id);
            return;
        }
        try {
            OrchestrationRun run = open(promise, job, lane);
            runs.put(id, run);
            promises.progress().started(id, "local");
            if (settled(id)) {
                // Whoever settled it while it was being opened may not have seen it.
                runs.remove(id);
                run.settled();
            } else {
                run.start();
            }
        } catch (IOException | ScriptErrors e) {
            suspects.done(id);
            rejected(id, "the orchestration cannot be started: " + e.getMessage());
        }
    }

    private boolean settled(String id) {
        try {
            return promises.find(id).state().settled();
        } catch (Refused e) {
            return true;
        } catch (UncheckedIOException e) {
            // The ledger cannot tell just now; what follows waits until it can.
            return false;
        }
    }

    private OrchestrationRun open(Promise promise, Deployed job, ProgramLane lane) throws IOException, ScriptErrors {
        CompiledScript script = scripts.of(job);
        RunLog log =
                new RunLog(home.log(promise.id()), new Masker(promises.secrets().values(promise)));
        try {
            SavedProgram saved = new SavedProgram(home.program(promise.id()), sealer, troubles);
            EnvironmentWaits waits = new EnvironmentWaits(environments.apply(promise), lane, this::look);
            OrchestrationHost host = new OrchestrationHost(
                    promise,
                    job,
                    promises,
                    guard,
                    saved,
                    log,
                    lane,
                    waits,
                    stopping,
                    deaths(promise),
                    () -> suspects.done(promise.id()));
            Optional<Program> before = restored(promise.id(), script, saved, host);
            if (before.isPresent()) {
                waits.restored();
                log.print("going on after a restart of the controller");
            }
            Program program = before.orElseGet(() -> created(promise, job, script, host));
            return new OrchestrationRun(program, host, saved, log, lane);
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    private static Optional<Program> restored(
            String promise, CompiledScript script, SavedProgram saved, ProgramHost host) {
        try {
            Optional<byte[]> state = saved.read();
            return state.isPresent() ? Optional.of(Program.restore(state.get(), script, host)) : Optional.empty();
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "the saved state of {0} cannot be read; starting over, without repeating what its workers have"
                            + " reported: {1}",
                    new Object[] {promise, e.getMessage()});
            return Optional.empty();
        }
    }

    private Program created(Promise promise, Deployed job, CompiledScript script, ProgramHost host) {
        CheckedInputs inputs =
                job.contract().check(GivenInputs.of(promises.secrets().inputs(promise)));
        Map<String, String> environment = variables.apply(promise);
        environment.putAll(inputs.strings());
        return Program.create(
                script, job.contract(), inputs.values(), environment, promise.number(), job.version(), host);
    }

    /** Lets an orchestration go on after one of its workers. */
    public void workerSettled(Promise worker) {
        OrchestrationRun run = runs.get(worker.parent().promise());
        if (run != null) {
            run.workerSettled(worker);
        }
    }

    /** Ends one that was settled, by whomever. */
    public void settled(Promise orchestration) {
        outermost.remove(orchestration.id());
        suspects.done(orchestration.id());
        OrchestrationRun run = runs.remove(orchestration.id());
        if (run != null) {
            run.settled();
        }
    }

    /** Ends all where they are; the next start goes on with them. */
    public void stop() {
        runs.values().forEach(OrchestrationRun::stop);
    }

    @Override
    public void close() {
        threads.close();
    }
}
