package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.Promise;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes promises findable by their words soon after they were accepted or settled: a few at a time, so that who submits
 * does not wait for it.
 */
final class SearchIndex implements PromiseListener {
    private static final Logger LOGGER = Logger.getLogger(SearchIndex.class.getName());
    private static final long PAUSE_MILLIS = 250;

    private final Ledger ledger;
    private final PromiseTimer timer;
    private final AtomicBoolean planned = new AtomicBoolean();

    SearchIndex(Ledger ledger, PromiseTimer timer) {
        this.ledger = ledger;
        this.timer = timer;
    }

    @Override
    public void changed(Promise promise) {
        plan();
    }

    private void plan() {
        if (planned.compareAndSet(false, true)) {
            var unused = timer.later(this::index, PAUSE_MILLIS);
        }
    }

    private void index() {
        planned.set(false);
        var unused = ledger.index().whenComplete((more, problem) -> {
            if (problem != null) {
                LOGGER.log(Level.FINE, "what was accepted lately cannot be found just now", problem);
            }
            if (problem != null || more) {
                plan();
            }
        });
    }
}
