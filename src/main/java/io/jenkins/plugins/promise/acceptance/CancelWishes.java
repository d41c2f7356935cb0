package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.CancelWish;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/** Cancels what another controller has: it is asked to through the ledger, and what others ask of this one is done. */
final class CancelWishes {
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final QuietLog troubles = new QuietLog(Logger.getLogger(CancelWishes.class.getName()));
    private final Ledger ledger;
    private final Settlement settlement;
    private final PromiseTimer timer;

    CancelWishes(Ledger ledger, Settlement settlement, PromiseTimer timer) {
        this.ledger = ledger;
        this.settlement = settlement;
        this.timer = timer;
    }

    /** Asks, and waits some time for it to be done. */
    void ask(Promise promise, String who) throws Refused {
        Awaited.written(ledger.askToCancel(promise.id(), who), "nothing was cancelled");
        long start = System.nanoTime();
        while (System.nanoTime() - start < WAIT_NANOS) {
            if (ledger.find(promise.id()).filter(p -> p.state().settled()).isPresent()) {
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
                ledger.find(wish.promise())
                        .ifPresent(p -> settlement.end(
                                p, Outcome.failure("cancelled by " + wish.who() + " while it was " + Waiting.word(p))));
            }
        } catch (UncheckedIOException e) {
            troubles.log("what others ask to cancel cannot be read", e.getCause());
        } finally {
            var unused = timer.later(this::look, LOOK_EVERY_MILLIS);
        }
    }
}
