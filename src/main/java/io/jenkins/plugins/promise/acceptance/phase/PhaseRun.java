package io.jenkins.plugins.promise.acceptance.phase;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.PhaseCommand;
import io.jenkins.plugins.promise.orchestration.PhaseProgress;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One phase under way on a host: does with promises what {@link PhaseProgress} says is to be done next. */
public final class PhaseRun {
    private static final long AGAIN_MILLIS = TimeUnit.SECONDS.toMillis(2);
    /** So many wait for the disk at once, and not more are held in memory. */
    private static final int MOST_TOGETHER = 200;

    private final Phase phase;
    private final String orchestration;
    private final Promises promises;
    private final Clock clock;
    private final Host host;
    private final PhaseWorkers workers;
    private final Deque<PhaseCommand> todo = new ArrayDeque<>();
    private PhaseProgress progress;
    private Instant started;
    private volatile boolean stopped;

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
        this.workers = new PhaseWorkers(phase, orchestration, promises, host::version);
        this.progress = PhaseProgress.of(phase);
    }

    /** Checks all calls, and then makes a promise of each; nothing is started if one of them is not as it must be. */
    public synchronized void start() {
        patiently(() -> begin(true));
    }

    /** Finds the promises of the calls again, and makes those that are missing. */
    public synchronized void resume() {
        patiently(() -> begin(false));
    }

    private void begin(boolean check) {
        Optional<Promise> open =
                workers.found(orchestration).filter(p -> !p.state().settled());
        if (open.isEmpty()) {
            stop();
            return;
        }
        Optional<Instant> before = open.get().phases().stream()
                .filter(r -> r.number() == phase.number())
                .map(PhaseRecord::started)
                .findFirst();
        started = before.orElseGet(clock::instant);
        // A phase that had begun was checked then; its workers may have reported, and what they reported counts.
        Optional<String> refusal =
                host.refusal().or(() -> check && before.isEmpty() ? workers.refusal() : Optional.empty());
        if (before.isEmpty()) {
            note(null);
        }
        then(refusal.map(r -> progress.refused("nothing was started: " + r)).orElseGet(progress::start));
        work();
    }

    /** Goes on after a promise was settled; one of an earlier attempt is ignored. */
    public synchronized void settled(Promise worker) {
        patiently(() -> {
            take(worker);
            work();
        });
    }

    /** Ends the workers that have not ended; the host is told nothing more. */
    public synchronized void cancel(String why) {
        if (!stopped && !progress.over()) {
            then(progress.cancelled(why));
            note(clock.instant());
            patiently(this::work);
        }
    }

    /** What the ledger cannot give or take just now is asked for again: that is no failure of the phase. */
    private void patiently(Runnable task) {
        try {
            task.run();
        } catch (UncheckedIOException e) {
            again(task);
        }
    }

    private void again(Runnable task) {
        host.later(
                () -> {
                    synchronized (this) {
                        patiently(task);
                    }
                },
                AGAIN_MILLIS);
    }

    /**
     * Nothing more is submitted, nothing more is told: the orchestration is settled. It may be called by any thread, also
     * while the phase is submitting.
     */
    public void stop() {
        stopped = true;
    }

    /** What follows from an event comes after what is still to be done. */
    private void then(PhaseProgress.Turn turn) {
        progress = turn.then();
        todo.addAll(turn.commands());
    }

    /** Each command stays where it is until it is done; all of them may be tried more than once. */
    private void work() {
        PhaseCommand next = todo.peek();
        while (next != null && !stopped) {
            if (next instanceof PhaseCommand.Submit) {
                if (!submitted()) {
                    again(this::work);
                    return;
                }
            } else {
                if (next instanceof PhaseCommand.Cancel cancel) {
                    workers.cancel(cancel);
                }
                todo.remove();
                if (next instanceof PhaseCommand.End end) {
                    note(clock.instant());
                    host.ended(end.results());
                }
            }
            next = todo.peek();
        }
    }

    /**
     * Submits the calls that are next, together; false if the disk is full or this controller stops, and some of them must
     * wait.
     */
    private boolean submitted() {
        List<PhaseCommand.Submit> together = todo.stream()
                .takeWhile(PhaseCommand.Submit.class::isInstance)
                .limit(MOST_TOGETHER)
                .map(PhaseCommand.Submit.class::cast)
                .toList();
        List<PhaseCommand.Submit> wanted = together.stream()
                .filter(c -> progress.waitsFor(c.index(), c.attempt()))
                .distinct()
                .toList();
        Deque<PhaseCommand.Submit> left = new ArrayDeque<>();
        for (PhaseWorkers.Called called : workers.promises(wanted)) {
            if (!answered(called)) {
                left.push(called.command());
            }
        }
        together.forEach(c -> todo.remove());
        left.forEach(todo::addFirst);
        return left.isEmpty();
    }

    /** Goes on with what became of a call; false if it must wait. */
    private boolean answered(PhaseWorkers.Called called) {
        try {
            Promise worker = called.promise();
            if (stopped) {
                // The orchestration was settled while this was being accepted, so nothing else ends it.
                workers.cancel(worker.id(), "its orchestration, which has ended");
            } else if (worker.state().settled()) {
                take(worker);
            }
        } catch (Refused e) {
            if (e.why() == Refused.Why.CONFLICT) {
                // The orchestration is settled: nobody waits for its workers.
                stop();
            } else if (host.stopping() || e.why() == Refused.Why.UNAVAILABLE) {
                return false;
            } else {
                PhaseCommand.Submit command = called.command();
                then(progress.refused(command.index(), command.attempt(), e.getMessage()));
            }
        }
        return true;
    }

    private void take(Promise worker) {
        int index = worker.parent().index();
        int attempt = worker.parent().attempt();
        if (stopped || !progress.waitsFor(index, attempt)) {
            return;
        }
        WorkerResult result = workers.result(worker);
        PhaseProgress.Turn turn = progress.settled(index, attempt, result);
        Outcome outcome = result.outcome();
        String name = phase.calls().get(index).name();
        host.print(
                turn.then().result(index).isPresent()
                        ? "worker " + name + ": " + outcome.status() + ", " + outcome.reason()
                        : "worker " + name + " failed, trying again: " + outcome.reason());
        then(turn);
    }

    /** Notes the phase at its start and at its end only; what is in between is told by the promises of its workers. */
    private void note(Instant ended) {
        promises.progress()
                .phase(
                        orchestration,
                        new PhaseRecord(phase.number(), phase.name(), started, ended, workers.records(progress)));
    }

    /** What runs the orchestration. */
    public interface Host {
        /** The version that a call means, or the name it was given. */
        String version(WorkerCall call);

        /** Why the host starts none of the phase's workers; nothing if it knows no reason. */
        default Optional<String> refusal() {
            return Optional.empty();
        }

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
