package io.jenkins.plugins.promise.acceptance.environment;

import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.environment.steps.EnvironmentSteps;
import io.jenkins.plugins.promise.environment.steps.Reply;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What one orchestration asks environments. What it must wait for is looked at again and again; no thread is held. */
public final class EnvironmentWaits {
    private static final Logger LOGGER = Logger.getLogger(EnvironmentWaits.class.getName());
    private static final long AGAIN_MILLIS = 1_000;

    private final EnvironmentSteps steps;
    private final InOrder lane;
    private final Runnable changed;
    private final Map<Integer, Waiting> waiting = new ConcurrentHashMap<>();
    private volatile boolean used;
    private volatile boolean ended;

    /**
     * Nothing was asked yet.
     *
     * @param lane where everything is done
     * @param changed told when somebody else may get what he waits for
     */
    public EnvironmentWaits(EnvironmentSteps steps, InOrder lane, Runnable changed) {
        this.steps = steps;
        this.lane = lane;
        this.changed = changed;
    }

    /**
     * Answers when there is an answer.
     *
     * @param log takes what is waited for
     */
    public void ask(int question, EnvironmentCall call, Consumer<String> log, Consumer<EnvironmentAnswer> answered) {
        used = true;
        Waiting asked = new Waiting(question, call, log, answered);
        waiting.put(question, asked);
        lane.execute(() -> look(asked));
    }

    /** Nobody waits for that answer any more. */
    public void withdraw(int question, EnvironmentCall call) {
        waiting.remove(question);
        lane.execute(() -> withdrawn(call));
    }

    private void withdrawn(EnvironmentCall call) {
        try {
            steps.withdraw(call);
            changed.run();
        } catch (UncheckedIOException e) {
            lane.later(() -> withdrawn(call), AGAIN_MILLIS);
        }
    }

    /** Something may have changed for those that wait. */
    public void look() {
        waiting.values().forEach(asked -> lane.execute(() -> look(asked)));
    }

    /** An earlier run of it may have a lease, or wait for one. */
    public void restored() {
        used = true;
    }

    private void look(Waiting asked) {
        if (ended || !waiting.containsKey(asked.question)) {
            return;
        }
        Reply reply;
        try {
            reply = steps.ask(asked.call);
        } catch (UncheckedIOException e) {
            lane.later(() -> look(asked), AGAIN_MILLIS);
            return;
        } catch (RuntimeException e) {
            // Who gets no answer waits for ever, and keeps what others wait for.
            LOGGER.log(Level.WARNING, "a question about an environment could not be answered", e);
            reply = Reply.Now.refused("this could not be answered: " + e);
        }
        if (reply instanceof Reply.Later later) {
            if (asked.later == null) {
                asked.log.accept("waits for " + later.detail());
            }
            if (asked.later == null || asked.due) {
                asked.due = false;
                lane.later(
                        () -> {
                            asked.due = true;
                            look(asked);
                        },
                        AGAIN_MILLIS);
            }
            asked.later = later;
            return;
        }
        waiting.remove(asked.question);
        asked.answered.accept(((Reply.Now) reply).answer());
        if (asked.call instanceof EnvironmentCall.GiveBack) {
            changed.run();
        }
    }

    /** What it waits for; nothing if it does not. */
    public Optional<WaitsFor> waitsFor() {
        return waiting.values().stream()
                .filter(w -> w.later != null)
                .findFirst()
                .map(w -> new WaitsFor(
                        w.later.what(), w.later.detail(), since(w.call), w.later.before(), w.later.stuck()));
    }

    private static Instant since(EnvironmentCall call) {
        return call instanceof EnvironmentCall.Approval approval
                ? approval.since()
                : ((EnvironmentCall.Take) call).since();
    }

    /** The orchestration has ended: what it has is free. It may be called by any thread. */
    public void ended() {
        ended = true;
        if (used) {
            lane.execute(() -> {
                try {
                    steps.ended();
                } catch (UncheckedIOException e) {
                    LOGGER.log(Level.FINE, "whoever asks next finds out by itself", e);
                }
                changed.run();
            });
        }
    }

    /** One question; only the lane changes it. */
    private static final class Waiting {
        private final int question;
        private final EnvironmentCall call;
        private final Consumer<String> log;
        private final Consumer<EnvironmentAnswer> answered;
        private volatile Reply.Later later;
        private boolean due;

        private Waiting(
                int question, EnvironmentCall call, Consumer<String> log, Consumer<EnvironmentAnswer> answered) {
            this.question = question;
            this.call = call;
            this.log = log;
            this.answered = answered;
        }
    }
}
