package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.acceptance.PhaseRun;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.CheckedInputs;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.deployment.Deployed;
import io.jenkins.plugins.promise.engine.CompiledScript;
import io.jenkins.plugins.promise.engine.Program;
import io.jenkins.plugins.promise.engine.ProgramHost;
import io.jenkins.plugins.promise.ledger.DurableFiles;
import io.jenkins.plugins.promise.ledger.Promise;
import io.jenkins.plugins.promise.local.worker.RunLog;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** One run of an orchestration: its program, and the promises of its workers. */
final class OrchestrationRun implements ProgramHost {
    private static final Logger LOGGER = Logger.getLogger(OrchestrationRun.class.getName());

    private final Promise promise;
    private final Deployed job;
    private final CompiledScript script;
    private final Home home;
    private final Promises promises;
    private final LocalBuilds builds;
    private final RunLog log;
    private final Map<Integer, PhaseRun> phases = new HashMap<>();
    private Program program;

    OrchestrationRun(
            Promise promise, Deployed job, CompiledScript script, Home home, Promises promises, LocalBuilds builds)
            throws IOException {
        this.promise = promise;
        this.job = job;
        this.script = script;
        this.home = home;
        this.promises = promises;
        this.builds = builds;
        this.log = new RunLog(home.log(promise.id()), new Masker(promises.secrets(promise)));
    }

    /** Starts the script, or goes on where it was saved. */
    void start() throws IOException {
        if (Files.exists(home.program(promise.id()))) {
            try {
                program = Program.restore(Files.readAllBytes(home.program(promise.id())), script, this);
                log.print("going on after a restart of the controller");
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING,
                        "the saved state of " + promise.id() + " cannot be read; starting over, without repeating"
                                + " what its workers have reported",
                        e);
            }
        }
        if (program == null) {
            CheckedInputs inputs = job.contract().check(GivenInputs.of(promises.inputs(promise)));
            program = Program.create(
                    script,
                    job.contract(),
                    inputs.values(),
                    environment(inputs),
                    promise.number(),
                    job.version(),
                    this);
        }
        program.start();
    }

    private Map<String, String> environment(CheckedInputs inputs) {
        Map<String, String> environment = builds.variables(promise);
        environment.putAll(inputs.strings());
        return environment;
    }

    /** Goes on after one of its workers. */
    void workerSettled(Promise worker) {
        PhaseRun phase;
        synchronized (phases) {
            phase = phases.get(worker.parent().phase());
        }
        if (phase != null) {
            phase.settled(worker);
        }
    }

    /** Ends the script where it is; its state stays for the next start. */
    void stop() {
        if (program != null) {
            program.stop();
        }
        log.close();
    }

    /** Ends the script for good. */
    void settled() {
        stop();
        try {
            Files.deleteIfExists(home.program(promise.id()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "a saved state cannot be deleted", e);
        }
    }

    @Override
    public void save(byte[] state) throws IOException {
        DurableFiles.write(home.program(promise.id()), state);
    }

    @Override
    public void start(Phase phase) {
        PhaseRun run = new PhaseRun(phase, promise.id(), promises, Clock.systemUTC(), new PhaseHost(phase.number()));
        synchronized (phases) {
            phases.put(phase.number(), run);
        }
        log.print("phase " + phase.name() + ": "
                + phase.calls().stream().map(WorkerCall::name).collect(Collectors.joining(", ")));
        run.start();
    }

    @Override
    public void cancel(Phase phase, String why) {
        PhaseRun run;
        synchronized (phases) {
            run = phases.remove(phase.number());
        }
        if (run != null) {
            run.cancel(why);
        }
    }

    @Override
    public void wake(int timer, Instant at) {
        builds.later(
                () -> program.timerFired(timer), Duration.between(now(), at).toMillis());
    }

    @Override
    public void print(String line) {
        log.print(line);
    }

    @Override
    public void ended(Outcome outcome) {
        if (!builds.stopping()) {
            log.print(outcome.status() + ": " + outcome.reason());
            promises.settle(promise.id(), outcome.withLog(log.tail(promises.url(promise.id()) + "/log")));
        }
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    /** What a phase of this run is told, and tells. */
    private final class PhaseHost implements PhaseRun.Host {
        private final int number;

        private PhaseHost(int number) {
            this.number = number;
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
            builds.later(task, millis);
        }

        @Override
        public boolean stopping() {
            return builds.stopping();
        }

        @Override
        public void ended(Map<String, WorkerResult> results) {
            builds.onPrograms(() -> program.phaseEnded(number, results));
        }
    }
}
