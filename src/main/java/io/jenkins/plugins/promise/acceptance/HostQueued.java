package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.submission.Acceptance;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Builds that a host has queued by itself, because it was asked for them and not we. While it holds its queue, each is
 * judged from memory alone, and its promise is written behind that. The host must not start a build before its promise is
 * in the ledger.
 */
public final class HostQueued {
    private static final Logger LOGGER = Logger.getLogger(HostQueued.class.getName());
    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LONGEST_RETRY_MILLIS = 5_000;

    private final QuietLog troubles = new QuietLog(LOGGER);
    private final Ledger ledger;
    private final Catalog catalog;
    private final Acceptance acceptance;
    private final Settlement settlement;
    private final PromiseEvents events;
    private final PromiseTimer timer;
    /** By id, those of which it is not sure yet that the ledger has them; with how they have ended meanwhile. */
    private final Map<String, Optional<Outcome>> coming = new ConcurrentHashMap<>();

    HostQueued(
            Ledger ledger,
            Catalog catalog,
            Acceptance acceptance,
            Settlement settlement,
            PromiseEvents events,
            PromiseTimer timer) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.acceptance = acceptance;
        this.settlement = settlement;
        this.events = events;
        this.timer = timer;
    }

    /**
     * Judges what a build is asked for with, and sends its promise on its way into the ledger. Nothing is waited for.
     *
     * @return the promise, as it will be in the ledger but for its number
     * @throws Refused if the host must not queue it; nothing is stored then
     */
    public Promise take(Submission submission) throws Refused {
        return take(submission, PromiseId.create());
    }

    private Promise take(Submission submission, String id) throws Refused {
        Promise promise = acceptance.judge(submission, id);
        coming.putIfAbsent(id, Optional.empty());
        write(promise, FIRST_RETRY_MILLIS);
        return promise;
    }

    /** Whether a build must wait, because it is not sure yet that the ledger has its promise. */
    public boolean comes(String id) {
        return coming.containsKey(id);
    }

    /** Takes note of builds that the host has kept over a restart: each must wait until it was {@linkplain #kept looked up}. */
    public void holdBack(Collection<String> ids) {
        ids.forEach(id -> coming.putIfAbsent(id, Optional.empty()));
    }

    /**
     * Looks up the promise of a build that the host has kept over a restart. If a crash came before it was written, it is
     * judged anew and written now, under the same id.
     *
     * @param again what the build was asked for with
     * @return whether the build is still to be done; if not, the host takes it out of its queue
     * @throws UncheckedIOException if the ledger cannot be read; the build waits on
     */
    public boolean kept(String id, Submission again) {
        Optional<Promise> found = ledger.find(id);
        if (found.isPresent()) {
            Optional<Outcome> ended = letGo(found.get());
            ended.ifPresent(outcome -> settlement.settle(found.get(), outcome));
            return ended.isEmpty() && !found.get().state().settled();
        }
        try {
            take(again, id);
            return true;
        } catch (Refused e) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} is not built: it is not in the ledger, and is not accepted now: {1}",
                    new Object[] {again.job(), e.getMessage()});
            coming.remove(id);
            return false;
        }
    }

    /**
     * Takes note of how a build has ended whose promise is on its way into the ledger; it is settled once it is there.
     *
     * @return false if it is not on its way
     */
    boolean endsLater(String id, Outcome outcome) {
        return coming.computeIfPresent(id, (key, before) -> before.or(() -> Optional.of(outcome))) != null;
    }

    /** Somebody was told that this is accepted: it is tried until the ledger takes it. */
    private void write(Promise promise, long millis) {
        var unused = ledger.insist(promise)
                .whenCompleteAsync(
                        (taken, problem) -> {
                            if (problem == null) {
                                taken((Taken.Accepted) taken);
                            } else {
                                writeLater(promise, millis, problem);
                            }
                        },
                        events.thread());
    }

    private void writeLater(Promise promise, long millis, Throwable problem) {
        troubles.log("the promise " + promise.id() + " is written a little later", problem);
        var unused = timer.later(() -> write(promise, Math.min(2 * millis, LONGEST_RETRY_MILLIS)), millis);
    }

    private void taken(Taken.Accepted taken) {
        Promise promise = taken.promise();
        catalog.used(promise.version());
        // Before its build can start: who counts builds must have counted this one before it is told that it is gone.
        events.tellQueuedByHost(promise);
        Optional<Outcome> ended = letGo(promise);
        events.tell(promise);
        ended.ifPresent(outcome -> settlement.settle(promise, outcome));
    }

    /** Has its build wait no longer; tells how it has ended meanwhile. */
    private Optional<Outcome> letGo(Promise promise) {
        Optional<Outcome> ended = coming.remove(promise.id());
        return ended == null ? Optional.empty() : ended;
    }
}
