package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.PhaseCommand;
import io.jenkins.plugins.promise.orchestration.PhaseProgress;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.report.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** One phase in a rehearsal: what {@link PhaseProgress} wants called is answered in virtual time. */
final class RehearsedPhase {
    private static final double MILLIS = 1_000;

    private final Phase phase;
    private final VirtualTime time;
    private final BiFunction<Phase, PhaseCommand.Submit, Answer> answers;
    private final Consumer<Map<String, WorkerResult>> ended;
    private final List<PerformedPhase.Call> performed = new ArrayList<>();
    private Duration begun = Duration.ZERO;
    private PhaseProgress progress;

    /**
     * A phase that has not begun.
     *
     * @param answers what a worker answers when it is called; its outcome is never left out
     * @param ended takes the results
     */
    RehearsedPhase(
            Phase phase,
            VirtualTime time,
            BiFunction<Phase, PhaseCommand.Submit, Answer> answers,
            Consumer<Map<String, WorkerResult>> ended) {
        this.phase = phase;
        this.time = time;
        this.answers = answers;
        this.ended = ended;
        this.progress = PhaseProgress.of(phase);
    }

    Phase phase() {
        return phase;
    }

    void start() {
        begun = time.passed();
        go(progress.start());
    }

    void cancel(String why) {
        go(progress.cancelled(why));
    }

    PerformedPhase performed() {
        List<PerformedPhase.Call> all = new ArrayList<>(performed);
        for (WorkerCall call : phase.calls()) {
            if (performed.stream().noneMatch(p -> p.worker().equals(call.name()))) {
                all.add(new PerformedPhase.Call(call.name(), "…", "not answered", null));
            }
        }
        return new PerformedPhase(phase.name(), begun, all);
    }

    private void go(PhaseProgress.Turn turn) {
        progress = turn.then();
        for (PhaseCommand command : turn.commands()) {
            if (command instanceof PhaseCommand.Submit submit) {
                Answer answer = answers.apply(phase, submit);
                Outcome outcome = answer.outcome().orElseThrow();
                Instant queued = time.now();
                time.at(queued.plus(answer.after()), () -> answered(submit, outcome, queued));
            } else if (command instanceof PhaseCommand.End end) {
                ended.accept(end.results());
            }
        }
    }

    private void answered(PhaseCommand.Submit call, Outcome outcome, Instant queued) {
        if (progress.waitsFor(call.index(), call.attempt())) {
            performed.add(new PerformedPhase.Call(
                    call.call().name(), outcome.status().name(), outcome.reason(), time.passed()));
            double seconds = Duration.between(queued, time.now()).toMillis() / MILLIS;
            go(progress.settled(
                    call.index(),
                    call.attempt(),
                    new WorkerResult(outcome, call.call().job(), RehearsedFiles.id(phase, call), null, seconds)));
        }
    }
}
