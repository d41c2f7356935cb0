package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.submission.Awaited;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.promise.CancelWish;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * Ends promises because somebody wants it. One that another controller has is cancelled by that one, which is asked to
 * through the ledger; what others ask of this one is done.
 */
final class Cancellations {
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final QuietLog troubles = new QuietLog(Logger.getLogger(Cancellations.class.getName()));
    private final Ledger ledger;
    private final Settlement settlement;
    private final PromiseTimer timer;

    Cancellations(Ledger ledger, Settlement settlement, PromiseTimer timer) {
        this.ledger = ledger;
        this.settlement = settlement;
        this.timer = timer;
    }

    /**
     * Cancels a promise: it is settled as rejected, and its build is stopped.
     *
     * @throws Refused if it is settled already, or this cannot be written down
     */
    void cancel(Promise promise, String who) throws Refused {
        Settlement.Result result = promise.state().settled()
                ? Settlement.Result.IGNORED
                : settlement.end(promise, cancelled(promise, who));
        switch (result) {
            case SETTLED -> {}
            case IGNORED -> {
                if (settled(promise)) {
                    throw new Refused(Refused.Why.CONFLICT, "the promise is settled already");
                }
                ask(promise, who);
            }
            case LATER -> throw new Refused(
                    Refused.Why.UNAVAILABLE,
                    "the cancellation cannot be written down just now; it is tried again until it is");
        }
    }

    private static Outcome cancelled(Promise promise, String who) {
        return Outcome.failure("cancelled by " + who + " while it was " + Waiting.word(promise));
    }

    private boolean settled(Promise promise) {
        return ledger.find(promise.id()).map(p -> p.state().settled()).orElse(true);
    }

    /** Asks, and waits some time for it to be done. */
    private void ask(Promise promise, String who) throws Refused {
        Awaited.written(ledger.askToCancel(promise.id(), who), "nothing was cancelled");
        long start = System.nanoTime();
        while (System.nanoTime() - start < WAIT_NANOS) {
            if (settled(promise)) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS / 5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new Refused(
                Refused.Why.UNAVAILABLE,
                "the controller that has this promise was asked to cancel it, and has not done so yet");
    }

    /** Does what others ask, now and from now on. */
    void look() {
        try {
            for (CancelWish wish : ledger.work().cancelWishes()) {
                ledger.find(wish.promise()).ifPresent(p -> settlement.end(p, cancelled(p, wish.who())));
            }
        } catch (UncheckedIOException e) {
            troubles.log("what others ask to cancel cannot be read", e.getCause());
        } finally {
            var unused = timer.later(this::look, LOOK_EVERY_MILLIS);
        }
    }
}
