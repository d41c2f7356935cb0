package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** What a host has to tell of the promises that it builds, until they are settled; nobody waits for it to be written. */
public final class PromiseProgress {
    private final Ledger ledger;
    private final PromiseEvents events;
    private final Clock clock;

    PromiseProgress(Ledger ledger, PromiseEvents events, Clock clock) {
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /** Takes note that a promise's build runs. */
    public void started(String id, String build) {
        later(id, p -> p.running(build, clock.instant()));
    }

    /** Takes note of a promise's phase. */
    public void phase(String id, PhaseRecord phase) {
        later(id, p -> p.withPhase(phase));
    }

    /** Takes note of the queue item's number, on a host that numbers its queue. */
    public void queued(String id, long number) {
        later(id, p -> p.queued(number));
    }

    private void later(String id, UnaryOperator<Promise> change) {
        var unused =
                ledger.change(id, change).thenAcceptAsync(changed -> changed.ifPresent(events::tell), events.thread());
    }
}
