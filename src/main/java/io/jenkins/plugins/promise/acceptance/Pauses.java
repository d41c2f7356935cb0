package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Logger;

/**
 * Has what is queued of a version that was paused wait in the ledger, and be queued again once the version is resumed,
 * whichever controller was told.
 */
final class Pauses {
    private static final long EVERY_MILLIS = 1_000;

    private final QuietLog troubles = new QuietLog(Logger.getLogger(Pauses.class.getName()));
    private final Ledger ledger;
    private final Catalog catalog;
    private final Builds builds;
    private final Dispatcher dispatcher;
    private final PromiseTimer timer;
    private Set<String> seen = new HashSet<>();

    Pauses(Ledger ledger, Catalog catalog, Builds builds, Dispatcher dispatcher, PromiseTimer timer) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.builds = builds;
        this.dispatcher = dispatcher;
        this.timer = timer;
    }

    /** Looks every now and then: another controller may pause a version. */
    void watch() {
        look(false);
        var unused = timer.later(this::watch, EVERY_MILLIS);
    }

    /** Somebody has paused or resumed a version here. */
    void changed() {
        look(true);
    }

    /** Looks which versions are paused now, and what may be queued if one was resumed, or perhaps. */
    private synchronized void look(boolean perhapsResumed) {
        Set<String> paused = new HashSet<>(catalog.paused().keySet());
        try {
            for (String version : paused) {
                if (!seen.contains(version)) {
                    withdraw(version);
                }
            }
        } catch (UncheckedIOException e) {
            troubles.log("what is queued of paused versions is looked at again", e.getCause());
            dispatcher.again(() -> look(perhapsResumed));
            return;
        }
        boolean resumed = perhapsResumed || !paused.containsAll(seen);
        seen = paused;
        if (resumed) {
            dispatcher.refillAll();
        }
    }

    private void withdraw(String version) {
        for (Promise promise : ledger.work().unsettledOf(version)) {
            if (promise.state() == PromiseState.PENDING && dispatcher.inQueue(promise) && builds.withdraw(promise)) {
                dispatcher.returned(promise);
            }
        }
    }
}
