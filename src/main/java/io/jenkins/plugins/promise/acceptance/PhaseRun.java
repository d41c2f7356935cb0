package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.deployment.Deployed;
import io.jenkins.plugins.promise.ledger.ParentCall;
import io.jenkins.plugins.promise.ledger.PhaseRecord;
import io.jenkins.plugins.promise.ledger.Promise;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.Report;
import java.io.IOException;
import java.time.Clock;
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

/** One phase under way: a promise for each of its workers, and another after a failure while there are retries. */
public final class PhaseRun {

    private static final Logger LOGGER = Logger.getLogger(PhaseRun.class.getName());
    private static final double MILLIS = 1_000;

    private final Phase phase;
    private final String orchestration;
    private final Promises promises;
    private final Clock clock;
    private final Host host;
    private final Instant started;
    private final Map<String, Promise> current = new HashMap<>();
    private final Map<String, WorkerResult> results = new HashMap<>();
    private boolean over;

    /**
     * A phase that has not begun, or that goes on after a restart.
     *
     * @param orchestration the promise of the orchestration that it belongs to
     */
    public PhaseRun(Phase phase, String orchestration, Promises promises, Clock clock, Host host) {
        this.phase = phase;
        this.orchestration = orchestration;
        this.promises = promises;
        this.clock = clock;
        this.host = host;
        this.started = found(orchestration).stream()
                .flatMap(p -> p.phases().stream())
                .filter(r -> r.number() == phase.number())
                .map(PhaseRecord::started)
                .findFirst()
                .orElseGet(clock::instant);
    }

    /** Checks all calls, and then makes a promise of each; nothing is started if one of them is not as it must be. */
    public synchronized void start() {
        List<String> refused = refusedCalls();
        if (!refused.isEmpty()) {
            phase.calls().forEach(c -> results.put(c.name(), failed("nothing was started: " + refused.get(0))));
            end();
            return;
        }
        resume();
    }

    /** Finds the promises of the calls again, and makes those that are missing. */
    public synchronized void resume() {
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
                Deployed called = promises.job(host.version(call));
                List<Violation> violations =
                        promises.check(called, GivenInputs.of(call.inputs())).violations();
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

    private void submit(int index, int attempt) {
        WorkerCall call = phase.calls().get(index);
        ParentCall parent =
                new ParentCall(orchestration, phase.number(), index, call.name(), attempt, call.node(), call.label());
        try {
            Optional<Promise> before = found(parent.id());
            if (before.isPresent() && before.get().state().settled()) {
                current.put(call.name(), before.get());
                take(call, before.get());
                return;
            }
            Promise worker = before.isPresent()
                    ? before.get()
                    : promises.submit(new Submission(
                                    host.version(call), GivenInputs.of(call.inputs()), null, parent, false))
                            .promise();
            current.put(call.name(), worker);
        } catch (Refused e) {
            if (!host.stopping() && e.why() != Refused.Why.UNAVAILABLE) {
                results.put(call.name(), failed(e.getMessage()));
            } else {
                // The disk is full, or this controller stops: the promise stays, and so does this call.
                host.later(() -> again(index, attempt), TimeUnit.SECONDS.toMillis(5));
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

    /** Goes on after a promise was settled; one of another phase, or of an earlier attempt, is ignored. */
    public synchronized void settled(Promise worker) {
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
            host.print("worker " + call.name() + " failed, trying again: "
                    + result.outcome().reason());
            submit(worker.parent().index(), attempt + 1);
            return;
        }
        host.print("worker " + call.name() + ": " + result.outcome().status() + ", "
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

    /** Ends the workers that have not ended; the host is told nothing more. */
    public synchronized void cancel(String why) {
        over = true;
        endOthers(why);
        note(clock.instant());
    }

    private void endIfDone() {
        if (!over && results.size() == phase.calls().size()) {
            end();
        }
    }

    private void end() {
        over = true;
        note(clock.instant());
        Map<String, WorkerResult> all = new HashMap<>(results);
        host.ended(all);
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
        double seconds = Duration.between(
                                worker.accepted(),
                                worker.settlement().orElseThrow().at())
                        .toMillis()
                / MILLIS;
        return new WorkerResult(outcome, worker.version(), promises.url(worker.id()), seconds);
    }

    private static WorkerResult failed(String why) {
        return new WorkerResult(Outcome.failure(why), null, null, 0);
    }

    private void note(Instant ended) {
        List<PhaseRecord.WorkerRecord> workers = new ArrayList<>();
        for (WorkerCall call : phase.calls()) {
            Promise worker = current.get(call.name());
            WorkerResult result = results.get(call.name());
            workers.add(new PhaseRecord.WorkerRecord(
                    call.name(),
                    worker == null ? host.version(call) : worker.version(),
                    worker == null ? null : worker.id(),
                    worker == null ? 1 : worker.parent().attempt(),
                    result == null ? null : result.outcome().status().name(),
                    result == null ? null : result.outcome().reason(),
                    result == null ? null : result.seconds()));
        }
        promises.phase(orchestration, new PhaseRecord(phase.number(), phase.name(), started, ended, workers));
    }

    /** What runs the orchestration. */
    public interface Host {
        /** The version that a call means, or the name it was given. */
        String version(WorkerCall call);

        /** Writes a line into the orchestration's log. */
        void print(String line);

        /** Does something a little later. */
        void later(Runnable task, long millis);

        /** Whether the controller is stopping, so that a refusal is none of the call's. */
        boolean stopping();

        /** All workers have ended. */
        void ended(Map<String, WorkerResult> results);
    }
}
