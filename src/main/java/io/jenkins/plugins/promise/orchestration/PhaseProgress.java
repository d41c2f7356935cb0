package io.jenkins.plugins.promise.orchestration;

import io.jenkins.plugins.promise.report.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a phase has come, and the rules by which it goes on: a worker that failed is called again while it has retries,
 * {@code failFast} ends the others, and the phase ends with the last of its workers. Immutable: an event makes another
 * value and the commands that follow from it. What is told of an attempt that nobody waits for changes nothing.
 */
public final class PhaseProgress {
    private final Phase phase;
    private final List<Worker> workers;
    private final int open;
    private final boolean over;

    private PhaseProgress(Phase phase, List<Worker> workers, int open, boolean over) {
        this.phase = phase;
        this.workers = workers;
        this.open = open;
        this.over = over;
    }

    /** A phase that has not begun. */
    public static PhaseProgress of(Phase phase) {
        List<Worker> none = new ArrayList<>();
        phase.calls().forEach(call -> none.add(new Worker(0, null)));
        return new PhaseProgress(phase, none, none.size(), false);
    }

    /** It begins, or goes on after a restart: every worker is called at its first attempt. */
    public Turn start() {
        Change change = new Change();
        for (int index = 0; index < workers.size(); index++) {
            change.call(index, 1);
        }
        return change.turn();
    }

    /** A worker was settled. */
    public Turn settled(int index, int attempt, WorkerResult result) {
        if (!waitsFor(index, attempt)) {
            return new Turn(this, List.of());
        }
        Change change = new Change();
        WorkerCall call = phase.calls().get(index);
        if (!result.success() && attempt <= call.retries()) {
            change.call(index, attempt + 1);
        } else {
            change.end(index, result);
        }
        return change.turn();
    }

    /** A call is not accepted, and would not be at another attempt. */
    public Turn refused(int index, int attempt, String why) {
        if (!waitsFor(index, attempt)) {
            return new Turn(this, List.of());
        }
        Change change = new Change();
        change.end(index, failed(why));
        return change.turn();
    }

    /** One of the calls is not as it must be, so that none of them is made. */
    public Turn refused(String why) {
        Change change = new Change();
        for (int index = 0; index < workers.size(); index++) {
            change.workers.set(index, new Worker(0, failed(why)));
        }
        change.stillOpen = 0;
        return change.turn();
    }

    /** Nobody waits for the phase any more: its workers are ended, and it does not end by itself. */
    public Turn cancelled(String why) {
        Change change = new Change();
        change.endOthers(why);
        return new Turn(new PhaseProgress(phase, change.workers, 0, true), change.commands);
    }

    /** Whether that attempt at that worker is to be made, or is under way. */
    public boolean waitsFor(int index, int attempt) {
        Worker worker = workers.get(index);
        return !over && worker.result() == null && worker.attempt() == attempt;
    }

    /** Whether nothing follows any more. */
    public boolean over() {
        return over;
    }

    /** The latest attempt at a worker; 0 before the first. */
    public int attempt(int index) {
        return workers.get(index).attempt();
    }

    /** How a worker ended; nothing while it has not. */
    public Optional<WorkerResult> result(int index) {
        return Optional.ofNullable(workers.get(index).result());
    }

    private static WorkerResult failed(String why) {
        return new WorkerResult(Outcome.failure(why), null, null, 0);
    }

    /**
     * What an event made of a phase.
     *
     * @param then how far it is now
     * @param commands what is to be done, in this order
     */
    public record Turn(PhaseProgress then, List<PhaseCommand> commands) {
        /** Copies what it is given. */
        public Turn {
            commands = new ArrayList<>(commands);
        }
    }

    private record Worker(int attempt, WorkerResult result) {}

    /** The next value, in the making. */
    private final class Change {
        private final List<Worker> workers = new ArrayList<>(PhaseProgress.this.workers);
        private final List<PhaseCommand> commands = new ArrayList<>();
        private int stillOpen = open;

        private void call(int index, int attempt) {
            workers.set(index, new Worker(attempt, null));
            commands.add(new PhaseCommand.Submit(index, phase.calls().get(index), attempt));
        }

        private void end(int index, WorkerResult result) {
            WorkerCall call = phase.calls().get(index);
            workers.set(index, new Worker(workers.get(index).attempt(), result));
            stillOpen--;
            if (phase.failFast() && !call.optional() && !result.success()) {
                endOthers(Phase.ended(call.name()));
            }
        }

        private void endOthers(String why) {
            for (int index = 0; index < workers.size(); index++) {
                Worker worker = workers.get(index);
                if (worker.result() == null) {
                    workers.set(index, new Worker(worker.attempt(), failed(why)));
                    commands.add(new PhaseCommand.Cancel(index, worker.attempt(), why));
                    stillOpen--;
                }
            }
        }

        private Turn turn() {
            boolean ends = !over && stillOpen == 0;
            if (ends) {
                Map<String, WorkerResult> results = new LinkedHashMap<>();
                for (int index = 0; index < workers.size(); index++) {
                    results.put(
                            phase.calls().get(index).name(), workers.get(index).result());
                }
                commands.add(new PhaseCommand.End(results));
            }
            return new Turn(new PhaseProgress(phase, workers, stillOpen, over || ends), commands);
        }
    }
}
