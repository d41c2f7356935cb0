package io.jenkins.plugins.promise.jenkins.steps.environment;

import hudson.model.Result;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.acceptance.environment.EnvironmentWaits;
import io.jenkins.plugins.promise.acceptance.environment.InOrder;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.build.PromiseEnded;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** What one build asks environments, in order. */
final class BuildQuestions {
    private static final long AGAIN_MILLIS = 1_000;

    private final String build;
    private final InOrder lane;
    private final Supplier<Optional<EnvironmentWaits>> opens;
    private final List<Consumer<EnvironmentWaits>> before = new ArrayList<>();
    /** Those that wait for an answer, by question; of the lane only. */
    private final Map<Integer, Asker> unanswered = new LinkedHashMap<>();

    private volatile EnvironmentWaits waits;
    private boolean ended;

    /**
     * Nothing was asked yet.
     *
     * @param build the build's id
     * @param lane where everything is done
     * @param opens asked once there is a question; nothing if the build's promise has ended
     */
    BuildQuestions(String build, InOrder lane, Supplier<Optional<EnvironmentWaits>> opens) {
        this.build = build;
        this.lane = lane;
        this.opens = opens;
    }

    /** Whether it is that build that asks. */
    boolean of(String other) {
        return build.equals(other);
    }

    InOrder lane() {
        return lane;
    }

    /** Does something after what came before; also if the ledger cannot be reached just now. */
    void then(Consumer<EnvironmentWaits> task) {
        lane.execute(() -> {
            before.add(task);
            goOn();
        });
    }

    /**
     * Answers when there is an answer; the asker is stopped if the promise has ended, for then nobody else would answer.
     *
     * @param question its number in the build
     */
    void ask(int question, EnvironmentCall call, Consumer<String> log, Asker asker) {
        lane.execute(() -> {
            unanswered.put(question, asker);
            before.add(waits -> waits.ask(question, call, log, answer -> answer(question, answer)));
            goOn();
        });
    }

    private void answer(int question, EnvironmentAnswer answer) {
        Asker asker = unanswered.remove(question);
        if (asker != null) {
            asker.answered(answer);
        }
    }

    /** Nobody waits for that answer any more. */
    void withdraw(int question, EnvironmentCall call) {
        lane.execute(() -> {
            unanswered.remove(question);
            before.add(waits -> waits.withdraw(question, call));
            goOn();
        });
    }

    private void over() {
        ended = true;
        before.clear();
        List<Asker> left = List.copyOf(unanswered.values());
        unanswered.clear();
        left.forEach(asker -> asker.stopped(
                new FlowInterruptedException(Result.ABORTED, new PromiseEnded(Messages.BuildQuestions_Ended()))));
    }

    private void goOn() {
        if (ended) {
            over();
            return;
        }
        if (before.isEmpty()) {
            return;
        }
        if (waits == null) {
            Optional<EnvironmentWaits> opened;
            try {
                opened = opens.get();
            } catch (UncheckedIOException e) {
                lane.later(this::goOn, AGAIN_MILLIS);
                return;
            }
            if (opened.isEmpty()) {
                over();
                return;
            }
            waits = opened.get();
        }
        List<Consumer<EnvironmentWaits>> now = new ArrayList<>(before);
        before.clear();
        now.forEach(task -> task.accept(waits));
    }

    /** Something may have changed in an environment that it waits for. */
    void look() {
        if (waits != null) {
            waits.look();
        }
    }

    /** What it waits for; nothing if it does not. */
    Optional<WaitsFor> waitsFor() {
        return waits == null ? Optional.empty() : waits.waitsFor();
    }

    /** The build asks nothing more; what it has is free. It may be called by any thread. */
    void end() {
        lane.execute(() -> {
            if (waits != null) {
                waits.ended();
            }
            over();
        });
    }
}
