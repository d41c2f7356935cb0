package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.contract.CheckedInputs;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.ledger.DurableFiles;
import io.jenkins.plugins.promise.ledger.ParentCall;
import io.jenkins.plugins.promise.ledger.PhaseRecord;
import io.jenkins.plugins.promise.ledger.Promise;
import io.jenkins.plugins.promise.ledger.Promises;
import io.jenkins.plugins.promise.ledger.Refused;
import io.jenkins.plugins.promise.ledger.Submission;
import io.jenkins.plugins.promise.orchestration.CompiledScript;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.Program;
import io.jenkins.plugins.promise.orchestration.ProgramHost;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.Report;
import io.jenkins.plugins.promise.suite.Deployed;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** One run of an orchestration: its program, and the promises of its workers. */
final class OrchestrationRun implements ProgramHost {
    private static final Logger LOGGER = Logger.getLogger(OrchestrationRun.class.getName());
    private static final double MILLIS = 1_000;

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
                    promise.queue() == null ? 0 : promise.queue(),
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
        PhaseRun run = new PhaseRun(phase);
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
            promises.settle(promise.id(), outcome.withLog(log.tail(builds.url(promise.id()) + "/log")));
        }
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    /** One phase: a promise for each of its workers, and another after a failure while there are retries. */
    private final class PhaseRun {
        private final Phase phase;
        private final Instant started = now();
        private final Map<String, Promise> current = new HashMap<>();
        private final Map<String, WorkerResult> results = new HashMap<>();
        private boolean over;

        private PhaseRun(Phase phase) {
            this.phase = phase;
        }

        synchronized void start() {
            List<String> refused = refusedCalls();
            if (!refused.isEmpty()) {
                phase.calls().forEach(c -> results.put(c.name(), failed("nothing was started: " + refused.get(0))));
                end();
                return;
            }
            for (int index = 0; index < phase.calls().size(); index++) {
                submit(index, 1);
            }
            note(null);
            endIfDone();
        }

        /** All calls are checked before any is queued. */
        private List<String> refusedCalls() {
            List<String> refused = new ArrayList<>();
            for (WorkerCall call : phase.calls()) {
                try {
                    Deployed called = promises.job(version(call));
                    List<Violation> violations = promises.check(called, GivenInputs.of(call.inputs()))
                            .violations();
                    if (!violations.isEmpty()) {
                        refused.add("the inputs do not fit the contract of " + called.version() + ": "
                                + violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
                    }
                } catch (Refused e) {
                    refused.add(e.getMessage());
                }
            }
            return refused;
        }

        private String version(WorkerCall call) {
            return job.uses().getOrDefault(call.job(), call.job());
        }

        private void submit(int index, int attempt) {
            WorkerCall call = phase.calls().get(index);
            ParentCall parent = new ParentCall(promise.id(), phase.number(), index, call.name(), attempt);
            try {
                Optional<Promise> before = found(parent.id());
                if (before.isPresent() && before.get().state().settled()) {
                    current.put(call.name(), before.get());
                    take(call, before.get());
                    return;
                }
                Promise worker = before.isPresent()
                        ? before.get()
                        : promises.submit(new Submission(version(call), GivenInputs.of(call.inputs()), null, parent))
                                .promise();
                current.put(call.name(), worker);
            } catch (Refused e) {
                if (!builds.stopping() && e.why() != Refused.Why.UNAVAILABLE) {
                    results.put(call.name(), failed(e.getMessage()));
                } else {
                    // The disk is full, or this controller stops: the promise stays, and so does this call.
                    builds.later(() -> again(index, attempt), TimeUnit.SECONDS.toMillis(5));
                }
            }
        }

        private synchronized void again(int index, int attempt) {
            if (!over) {
                submit(index, attempt);
                endIfDone();
            }
        }

        private Optional<Promise> found(String id) {
            try {
                return Optional.of(promises.find(id));
            } catch (Refused e) {
                return Optional.empty();
            }
        }

        synchronized void settled(Promise worker) {
            WorkerCall call = phase.calls().get(worker.parent().index());
            Promise expected = current.get(call.name());
            if (over || expected == null || !expected.id().equals(worker.id()) || results.containsKey(call.name())) {
                return;
            }
            current.put(call.name(), worker);
            take(call, worker);
            note(null);
            endIfDone();
        }

        private void take(WorkerCall call, Promise worker) {
            WorkerResult result = result(worker);
            int attempt = worker.parent().attempt();
            if (!phase.last(call, attempt, result)) {
                log.print("worker " + call.name() + " failed, trying again: "
                        + result.outcome().reason());
                submit(worker.parent().index(), attempt + 1);
                return;
            }
            log.print("worker " + call.name() + ": " + result.outcome().status() + ", "
                    + result.outcome().reason());
            results.put(call.name(), result);
            if (phase.endsOthers(call, result)) {
                endOthers("worker '" + call.name() + "' failed");
            }
        }

        private void endOthers(String why) {
            for (WorkerCall call : phase.calls()) {
                if (!results.containsKey(call.name())) {
                    results.put(call.name(), failed(why));
                    cancelWorker(current.get(call.name()), why);
                }
            }
        }

        private void cancelWorker(Promise worker, String why) {
            if (worker != null) {
                try {
                    promises.cancel(worker.id(), why);
                } catch (Refused e) {
                    LOGGER.log(Level.FINE, "it has ended by itself", e);
                }
            }
        }

        synchronized void cancel(String why) {
            over = true;
            endOthers(why);
            note(now());
        }

        private void endIfDone() {
            if (!over && results.size() == phase.calls().size()) {
                end();
            }
        }

        private void end() {
            over = true;
            note(now());
            Map<String, WorkerResult> all = new HashMap<>(results);
            builds.onPrograms(() -> program.phaseEnded(phase.number(), all));
        }

        private WorkerResult result(Promise worker) {
            Outcome outcome;
            try {
                outcome = promises.report(worker.id())
                        .map(Report::outcome)
                        .orElseGet(() -> Outcome.failure("its report is gone"));
            } catch (IOException e) {
                outcome = Outcome.failure("its report cannot be read: " + e.getMessage());
            }
            double seconds =
                    Duration.between(worker.accepted(), worker.settled()).toMillis() / MILLIS;
            return new WorkerResult(outcome, worker.version(), builds.url(worker.id()), seconds);
        }

        private WorkerResult failed(String why) {
            return new WorkerResult(Outcome.failure(why), null, null, 0);
        }

        private void note(Instant ended) {
            List<PhaseRecord.WorkerRecord> workers = new ArrayList<>();
            for (WorkerCall call : phase.calls()) {
                Promise worker = current.get(call.name());
                WorkerResult result = results.get(call.name());
                workers.add(new PhaseRecord.WorkerRecord(
                        call.name(),
                        worker == null ? version(call) : worker.version(),
                        worker == null ? null : worker.id(),
                        worker == null ? 1 : worker.parent().attempt(),
                        result == null ? null : result.outcome().status().name(),
                        result == null ? null : result.outcome().reason(),
                        result == null ? null : result.seconds()));
            }
            promises.phase(promise.id(), new PhaseRecord(phase.number(), phase.name(), started, ended, workers));
        }
    }
}
