package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.Pause;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the host's queue short: what is accepted waits in the ledger, in the order of acceptance, and at each lane only as
 * many builds are queued as the host has a window for. How many builds of a job run at once is kept here too.
 */
final class Dispatcher implements PromiseListener {
    private static final Logger LOGGER = Logger.getLogger(Dispatcher.class.getName());
    private static final long AGAIN_MILLIS = 200;

    private final Ledger ledger;
    private final Catalog catalog;
    private final Builds builds;
    private final Settlement settlement;
    private final PromiseTimer timer;
    /** Guarded by this. */
    private final DispatchWindow window;
    /** Guarded by this. */
    private final Turns turns;

    private final Set<String> scheduled = new HashSet<>();
    private final QuietLog troubles = new QuietLog(LOGGER);
    private boolean stopped;

    Dispatcher(Ledger ledger, Catalog catalog, Builds builds, Settlement settlement, PromiseTimer timer) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.builds = builds;
        this.settlement = settlement;
        this.timer = timer;
        this.window = new DispatchWindow(catalog, builds);
        this.turns = new Turns(ledger, window);
    }

    /** Queues a promise that was accepted just now, if it is its turn. */
    void offer(Promise promise) {
        synchronized (this) {
            if (stopped || window.inQueue(promise)) {
                return;
            }
            boolean room = window.room(promise.lane()) > 0;
            boolean stopsHere =
                    window.saturated(promise) || window.held(promise).isPresent();
            if (!room || window.hasMoreAt(promise.lane()) || stopsHere) {
                window.moreAt(promise.lane());
                if (room) {
                    // Those before it may wait for others of their job, or for a person: then it is its turn.
                    refill(promise.lane());
                }
                return;
            }
            if (!pending(promise)) {
                return;
            }
            window.enter(promise);
        }
        enqueue(promise);
    }

    /** Whether it waits still: somebody else may have queued it since it was read, and it may run already. */
    private boolean pending(Promise promise) {
        try {
            return ledger.work()
                    .state(promise.id())
                    .filter(s -> s == PromiseState.PENDING)
                    .isPresent();
        } catch (UncheckedIOException e) {
            lookAgain(promise.lane(), e);
            return false;
        }
    }

    /** What could not be read just now is read a little later: nothing else may come that has this lane looked at. */
    private void lookAgain(String lane, UncheckedIOException problem) {
        troubles.log("what waits at " + lane + " is looked at again", problem.getCause());
        synchronized (this) {
            window.moreAt(lane);
        }
        refill(lane, AGAIN_MILLIS);
    }

    /** Takes note of a build that the host has queued by itself, or has kept over a restart. */
    synchronized void known(Promise promise) {
        if (promise.state() == PromiseState.PENDING) {
            window.enter(promise);
        } else {
            window.runs(promise);
        }
    }

    private void enqueue(Promise promise) {
        if (catalog.resolve(promise.version()).isPresent()) {
            enqueueOrEnd(promise);
        } else {
            // Its job may be getting another name just now, or got one after this was read.
            again(() -> enqueueAgain(promise));
        }
    }

    private void enqueueAgain(Promise before) {
        try {
            ledger.find(before.id())
                    .filter(p -> p.state() == PromiseState.PENDING)
                    .ifPresent(this::enqueueOrEnd);
        } catch (UncheckedIOException e) {
            troubles.log("whether the job of " + before.id() + " is here is asked again", e.getCause());
            again(() -> enqueueAgain(before));
        }
    }

    private void enqueueOrEnd(Promise promise) {
        if (catalog.resolve(promise.version()).isEmpty()) {
            settlement.settle(promise, Outcome.failure(catalog.absence(promise.version())));
            return;
        }
        try {
            builds.enqueue(promise);
            leaveNothing(promise);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.FINE, "the promise " + promise.id() + " cannot be queued", e);
            settlement.settle(
                    promise,
                    Outcome.failure("its build cannot be queued: " + (e instanceof Error ? e : e.getMessage())));
        }
    }

    /** A promise that was settled while it was being queued: whoever settled it found nothing to take out of the queue. */
    private void leaveNothing(Promise promise) {
        try {
            if (ledger.work().state(promise.id()).filter(PromiseState::settled).isPresent()) {
                builds.abandon(promise, "it has ended before it was queued");
            }
        } catch (UncheckedIOException e) {
            troubles.log("whether " + promise.id() + " has ended meanwhile is asked again", e.getCause());
            again(() -> leaveNothing(promise));
        }
    }

    /** Has a look at a lane soon, from a thread of its own. */
    void refill(String lane) {
        refill(lane, 0);
    }

    private void refill(String lane, long millis) {
        synchronized (this) {
            if (stopped || !scheduled.add(lane)) {
                return;
            }
        }
        var unused = timer.later(() -> fill(lane), millis);
    }

    /** Does something a little later, because the ledger could not be read or written just now. */
    void again(Runnable task) {
        var unused = timer.later(task, AGAIN_MILLIS);
    }

    /** Has a look at all lanes that something waits at: after a start, and when executors came or went. */
    void refillAll() {
        List<String> lanes;
        try {
            lanes = ledger.work().lanes();
        } catch (UncheckedIOException e) {
            troubles.log("what waits is looked at again", e.getCause());
            again(this::refillAll);
            return;
        }
        for (String lane : lanes) {
            synchronized (this) {
                window.moreAt(lane);
            }
            refill(lane);
        }
    }

    private void fill(String lane) {
        List<Promise> next;
        synchronized (this) {
            scheduled.remove(lane);
            next = stopped ? List.of() : turns.next(lane, e -> lookAgain(lane, e));
        }
        next.forEach(this::enqueue);
    }

    @Override
    public void changed(Promise promise) {
        List<String> lanes;
        synchronized (this) {
            lanes = window.moved(promise) ? window.lanesWithMore() : List.of();
        }
        lanes.forEach(this::refill);
    }

    /** Forgets a build that was lost. */
    synchronized void lost(Promise promise) {
        window.forget(promise);
    }

    /** Takes note that a promise waits in the ledger: it is queued when it is its turn, unless it is queued already. */
    void waits(Promise promise) {
        synchronized (this) {
            window.moreAt(promise.lane());
        }
        refill(promise.lane());
    }

    /** Why a promise's build may not be queued or started until a person helps; nothing if it may be. */
    synchronized Optional<String> held(Promise promise) {
        return window.held(promise);
    }

    /** That a promise's version is paused; nothing if it is not. */
    synchronized Optional<Pause> pause(Promise promise) {
        return window.pause(promise);
    }

    /** Whether a promise's build is in the host's queue. */
    synchronized boolean inQueue(Promise promise) {
        return window.inQueue(promise);
    }

    /**
     * Takes note that the host has taken a promise's build out of its queue, though the promise has not ended: it waits in
     * the ledger again.
     */
    void returned(Promise promise) {
        lost(promise);
        waits(promise);
    }

    /** How many builds of a promise's job are queued or run, and how many may; nothing where it has no bound. */
    synchronized String concurrencyReached(Promise promise) {
        return window.concurrencyReached(promise);
    }

    /** Queues nothing more. */
    synchronized void stop() {
        stopped = true;
    }
}
