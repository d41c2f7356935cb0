package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/** Settles promises of which a host knows the id only, wherever they are: in the ledger, or on their way into it. */
final class Endings {
    private static final long READ_AGAIN_MILLIS = 200;

    private final QuietLog troubles = new QuietLog(Logger.getLogger(Endings.class.getName()));
    private final Ledger ledger;
    private final Settlement settlement;
    private final HostQueued hostQueued;
    private final PromiseTimer timer;

    Endings(Ledger ledger, Settlement settlement, HostQueued hostQueued, PromiseTimer timer) {
        this.ledger = ledger;
        this.settlement = settlement;
        this.hostQueued = hostQueued;
        this.timer = timer;
    }

    /**
     * Settles a promise. A second settlement is ignored. If the disk does not take it, it is tried again until it does.
     *
     * @return whether this settled it
     */
    boolean settle(String id, Outcome outcome) {
        return open(id, outcome)
                .filter(p -> settlement.settle(p, outcome) == Settlement.Result.SETTLED)
                .isPresent();
    }

    /** The same for several, which wait for the disk together. */
    void settle(Collection<String> ids, Outcome outcome) {
        List<Promise> open = new ArrayList<>();
        ids.forEach(id -> open(id, outcome).ifPresent(open::add));
        settlement.settle(open, outcome);
    }

    /** The promise if it can be settled now; what can be later is. */
    private Optional<Promise> open(String id, Outcome outcome) {
        if (hostQueued.endsLater(id, outcome)) {
            return Optional.empty();
        }
        Optional<Promise> promise;
        try {
            promise = ledger.find(id);
        } catch (UncheckedIOException e) {
            troubles.log("the settlement of " + id + " is tried again", e.getCause());
            settlement.later(id);
            var unused = timer.later(() -> settle(id, outcome), READ_AGAIN_MILLIS);
            return Optional.empty();
        }
        Optional<Promise> open = promise.filter(p -> !p.state().settled());
        if (open.isEmpty()) {
            settlement.never(id);
        }
        return open;
    }
}
