package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the host's queue short: what is accepted waits in the ledger, in the order of acceptance, and at each lane only as
 * many builds are queued as the host has a window for. How many builds of a job run at once is kept here too.
 */
final class Dispatcher implements PromiseListener {
    private static final Logger LOGGER = Logger.getLogger(Dispatcher.class.getName());
    private static final int MOST_AT_ONCE = 500;
    private static final long AGAIN_MILLIS = 200;

    private final Ledger ledger;
    private final Catalog catalog;
    private final Builds builds;
    private final Settlement settlement;
    private final PromiseTimer timer;
    /** In the host's queue, by lane. */
    private final Map<String, Set<String>> queued = new HashMap<>();
    /** In the host's queue or running, by the job's common name. */
    private final Map<String, Set<String>> active = new HashMap<>();
    /** Lanes at which more may wait in the ledger than was seen last. */
    private final Set<String> more = new HashSet<>();

    private final Set<String> scheduled = new HashSet<>();
    private final QuietLog troubles = new QuietLog(LOGGER);
    private boolean stopped;

    Dispatcher(Ledger ledger, Catalog catalog, Builds builds, Settlement settlement, PromiseTimer timer) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.builds = builds;
        this.settlement = settlement;
        this.timer = timer;
    }

    /** Queues a promise that was accepted just now, if it is its turn. */
    void offer(Promise promise) {
        synchronized (this) {
            if (stopped || queued(promise.lane()).contains(promise.id())) {
                return;
            }
            boolean room = room(promise.lane()) > 0;
            if (!room || more.contains(promise.lane()) || saturated(promise)) {
                more.add(promise.lane());
                if (room) {
                    // Those before it may wait for others of their job: then it is its turn.
                    refill(promise.lane());
                }
                return;
            }
            if (!pending(promise)) {
                return;
            }
            enter(promise);
        }
        enqueue(promise);
    }

    /** Whether it waits still: somebody else may have queued it since it was read, and it may run already. */
    private boolean pending(Promise promise) {
        try {
            return ledger.find(promise.id())
                    .filter(p -> p.state() == PromiseState.PENDING)
                    .isPresent();
        } catch (UncheckedIOException e) {
            lookAgain(promise.lane(), e);
            return false;
        }
    }

    /** What could not be read just now is read a little later: nothing else may come that has this lane looked at. */
    private void lookAgain(String lane, UncheckedIOException problem) {
        troubles.log("what waits at " + lane + " is looked at again", problem.getCause());
        more.add(lane);
        refill(lane, AGAIN_MILLIS);
    }

    /** Takes note of a build that the host has queued by itself, or has kept over a restart. */
    synchronized void known(Promise promise) {
        if (promise.state() == PromiseState.PENDING) {
            enter(promise);
        } else {
            active(promise.job()).add(promise.id());
        }
    }

    private void enter(Promise promise) {
        queued(promise.lane()).add(promise.id());
        active(promise.job()).add(promise.id());
    }

    private Set<String> queued(String lane) {
        return queued.computeIfAbsent(lane, l -> new HashSet<>());
    }

    private Set<String> active(String job) {
        return active.computeIfAbsent(job, j -> new HashSet<>());
    }

    private int room(String lane) {
        return builds.window(lane) - queued(lane).size();
    }

    private boolean saturated(Promise promise) {
        return active(promise.job()).size() >= concurrency(promise);
    }

    private int concurrency(Promise promise) {
        return catalog.resolve(promise.version())
                .map(d -> d.contract().concurrency())
                .orElse(Integer.MAX_VALUE);
    }

    private void enqueue(Promise promise) {
        if (catalog.resolve(promise.version()).isEmpty()) {
            settlement.settle(promise, Outcome.failure(catalog.absence(promise.version())));
            return;
        }
        try {
            builds.enqueue(promise);
            leaveNothing(promise);
        } catch (RuntimeException | StackOverflowError e) {
            LOGGER.log(Level.FINE, "the promise " + promise.id() + " cannot be queued", e);
            settlement.settle(promise, Outcome.failure("its build cannot be queued: " + e.getMessage()));
        }
    }

    /** A promise that was settled while it was being queued: whoever settled it found nothing to take out of the queue. */
    private void leaveNothing(Promise promise) {
        try {
            if (ledger.find(promise.id()).filter(p -> p.state().settled()).isPresent()) {
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
                more.add(lane);
            }
            refill(lane);
        }
    }

    private void fill(String lane) {
        List<Promise> next;
        synchronized (this) {
            scheduled.remove(lane);
            next = stopped ? List.of() : next(lane);
        }
        next.forEach(this::enqueue);
    }

    private List<Promise> next(String lane) {
        int room = Math.min(room(lane), MOST_AT_ONCE);
        if (room <= 0 || !more.contains(lane)) {
            return List.of();
        }
        List<Promise> next = new ArrayList<>();
        Set<String> full = new HashSet<>();
        boolean again = true;
        while (again) {
            again = false;
            int most = room + queued(lane).size();
            List<Promise> waiting;
            try {
                waiting = ledger.work().waiting(lane, full, most);
            } catch (UncheckedIOException e) {
                lookAgain(lane, e);
                return next;
            }
            for (Promise promise : waiting) {
                if (next.size() == room || queued(lane).contains(promise.id())) {
                    continue;
                }
                if (saturated(promise)) {
                    // Its job has enough builds: look for others behind it.
                    again |= full.add(promise.job());
                } else {
                    enter(promise);
                    next.add(promise);
                }
            }
            if (!again && waiting.size() < most && full.isEmpty()) {
                more.remove(lane);
            }
        }
        return next;
    }

    @Override
    public void changed(Promise promise) {
        boolean left;
        synchronized (this) {
            if (promise.state() == PromiseState.PENDING) {
                return;
            }
            left = queued(promise.lane()).remove(promise.id());
            if (promise.state().settled() && active(promise.job()).remove(promise.id())) {
                left = true;
            }
            left &= !more.isEmpty();
        }
        if (left) {
            lanesWithMore().forEach(this::refill);
        }
    }

    private synchronized List<String> lanesWithMore() {
        return new ArrayList<>(more);
    }

    /** Forgets a build that was lost. */
    synchronized void lost(Promise promise) {
        queued(promise.lane()).remove(promise.id());
        active(promise.job()).remove(promise.id());
    }

    /** Takes note that a promise waits in the ledger: it is queued when it is its turn, unless it is queued already. */
    void waits(Promise promise) {
        synchronized (this) {
            more.add(promise.lane());
        }
        refill(promise.lane());
    }

    /** Whether a promise's build is in the host's queue. */
    synchronized boolean inQueue(Promise promise) {
        return queued(promise.lane()).contains(promise.id());
    }

    /** How many builds of a promise's job are queued or run, and how many may; nothing where it has no bound. */
    synchronized String concurrencyReached(Promise promise) {
        int most = concurrency(promise);
        return most == Integer.MAX_VALUE || active(promise.job()).size() < most
                ? null
                : active(promise.job()).size() + " of at most " + most + " builds of " + promise.job()
                        + " are under way";
    }

    /** Queues nothing more. */
    synchronized void stop() {
        stopped = true;
    }
}
