package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.report.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.logging.Logger;

/** Settles what is not settled in time; the ledger says which is next, and none of them is held in memory. */
final class Deadlines implements PromiseListener {
    private static final int AT_ONCE = 200;
    /** Other controllers' promises may become ours, and clocks be set. */
    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Settlement settlement;
    private final PromiseTimer timer;
    private final Clock clock;
    private final QuietLog troubles = new QuietLog(Logger.getLogger(Deadlines.class.getName()));
    private Instant planned = Instant.MAX;
    private Optional<Future<?>> plan = Optional.empty();

    Deadlines(Ledger ledger, Settlement settlement, PromiseTimer timer, Clock clock) {
        this.ledger = ledger;
        this.settlement = settlement;
        this.timer = timer;
        this.clock = clock;
    }

    @Override
    public void changed(Promise promise) {
        if (promise.state() == PromiseState.PENDING) {
            plan(promise.deadline());
        }
    }

    /** Looks at that time, if it has not planned to look before. */
    private synchronized void plan(Instant when) {
        if (when.isBefore(planned)) {
            planned = when;
            plan.ifPresent(p -> p.cancel(false));
            plan = Optional.of(timer.later(
                    this::look,
                    Math.max(0, Duration.between(clock.instant(), when).toMillis() + 1)));
        }
    }

    /** Settles what is overdue, and plans the next look. */
    void look() {
        synchronized (this) {
            planned = Instant.MAX;
        }
        Instant next = clock.instant().plus(LOOK_AT_LEAST_EVERY);
        try {
            List<Promise> overdue = ledger.work().overdue(clock.instant(), AT_ONCE);
            boolean all = true;
            for (Promise promise : overdue) {
                all &= expire(promise);
            }
            Instant earliest = ledger.work().nextDeadline().orElse(Instant.MAX);
            // What the disk did not take is tried again by who settles; looking at it all the time helps nobody.
            Instant soonest = all ? clock.instant() : clock.instant().plusSeconds(1);
            if (earliest.isBefore(next)) {
                next = earliest.isBefore(soonest) ? soonest : earliest;
            }
        } catch (RuntimeException | Error e) {
            troubles.log("deadlines are looked at again in a second", e);
            next = clock.instant().plusSeconds(1);
        }
        plan(next);
    }

    private boolean expire(Promise promise) {
        Duration limit = Duration.between(promise.accepted(), promise.deadline());
        return settlement.end(promise, Outcome.deadlinePassed(limit, Waiting.word(promise))) != Settlement.Result.LATER;
    }
}
