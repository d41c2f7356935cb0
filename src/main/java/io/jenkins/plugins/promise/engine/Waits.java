package io.jenkins.plugins.promise.engine;

import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** What a program is going to wait for: it is asked of the host only when the state that waits for it is saved. */
final class Waits {
    private final ProgramHost host;
    private final BiConsumer<Integer, Map<String, WorkerResult>> phaseEnded;
    private final IntConsumer timerFired;
    private final BiConsumer<Integer, EnvironmentAnswer> answered;
    private final List<Runnable> asked = new ArrayList<>();

    Waits(
            ProgramHost host,
            BiConsumer<Integer, Map<String, WorkerResult>> phaseEnded,
            IntConsumer timerFired,
            BiConsumer<Integer, EnvironmentAnswer> answered) {
        this.host = host;
        this.phaseEnded = phaseEnded;
        this.timerFired = timerFired;
        this.answered = answered;
    }

    void phase(Phase phase) {
        asked.add(() -> host.start(phase, results -> phaseEnded.accept(phase.number(), results)));
    }

    void cancelled(Phase phase, String why) {
        asked.add(() -> host.cancel(phase, why));
    }

    void question(int number, EnvironmentCall call) {
        asked.add(() -> host.ask(number, call, answer -> answered.accept(number, answer)));
    }

    void withdrawn(int number, EnvironmentCall call) {
        asked.add(() -> host.withdraw(number, call));
    }

    void timer(int number, Instant at) {
        asked.add(() -> host.wake(at, () -> timerFired.accept(number)));
    }

    /** All that a branch waits for which was read back. */
    void restored(Branch branch) {
        if (branch.phase != null) {
            phase(branch.phase);
        }
        if (branch.asks != null) {
            question(branch.question, branch.asks);
        }
        if (branch.wakes != null) {
            timer(branch.timer, branch.wakes);
        }
        branch.timeouts.forEach(this::timer);
    }

    /** Asks for it. */
    void begin() {
        List<Runnable> all = new ArrayList<>(asked);
        asked.clear();
        all.forEach(Runnable::run);
    }

    /** Asks for nothing. */
    void clear() {
        asked.clear();
    }
}
