package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.Pause;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in the host's queue and what runs, as the dispatcher has seen it; it guards this with its own lock. It tells
 * whether there is room for another build at a lane, and whether a job may have another one.
 */
final class DispatchWindow {
    private final Catalog catalog;
    private final Builds builds;
    /** In the host's queue, by lane. */
    private final Map<String, Set<String>> queued = new HashMap<>();
    /** In the host's queue or running, by the job's common name. */
    private final Map<String, Set<String>> active = new HashMap<>();
    /** Lanes at which more may wait in the ledger than was seen last. */
    private final Set<String> more = new HashSet<>();

    DispatchWindow(Catalog catalog, Builds builds) {
        this.catalog = catalog;
        this.builds = builds;
    }

    /** A promise's build is in the host's queue from now on. */
    void enter(Promise promise) {
        queued(promise.lane()).add(promise.id());
        active(promise.job()).add(promise.id());
    }

    /** A promise's build runs already. */
    void runs(Promise promise) {
        active(promise.job()).add(promise.id());
    }

    /**
     * A promise's build runs, or the promise has ended.
     *
     * @return whether there may be room for another one now, and another one may wait
     */
    boolean moved(Promise promise) {
        if (promise.state() == PromiseState.PENDING) {
            return false;
        }
        boolean left = queued(promise.lane()).remove(promise.id());
        if (promise.state().settled()) {
            left |= active(promise.job()).remove(promise.id());
        }
        return left && !more.isEmpty();
    }

    /** A promise's build is neither in the queue nor does it run. */
    void forget(Promise promise) {
        queued(promise.lane()).remove(promise.id());
        active(promise.job()).remove(promise.id());
    }

    boolean inQueue(Promise promise) {
        return queued(promise.lane()).contains(promise.id());
    }

    /** How many more builds the host's queue takes at a lane; not more than zero if none. */
    int room(String lane) {
        return builds.window(lane) - queued(lane).size();
    }

    /** How many builds of a lane are in the host's queue. */
    int inQueue(String lane) {
        return queued(lane).size();
    }

    /** Why no build of a promise's version may be queued or started until a person helps; nothing if it may be. */
    Optional<String> held(Promise promise) {
        return pause(promise).map(p -> told(promise, p)).or(() -> builds.held(promise));
    }

    /** That a promise's version is paused; nothing if it is not. */
    Optional<Pause> pause(Promise promise) {
        return catalog.paused(promise.version());
    }

    private static String told(Promise promise, Pause pause) {
        return promise.version() + " is paused by " + pause.by();
    }

    /** Whether a promise's job has as many builds as it may have. */
    boolean saturated(Promise promise) {
        return active(promise.job()).size() >= concurrency(promise);
    }

    /** How many builds of a promise's job are queued or run, and how many may; null where there may be more. */
    String concurrencyReached(Promise promise) {
        return saturated(promise)
                ? active(promise.job()).size() + " of at most " + Counted.of(concurrency(promise), "build") + " of "
                        + promise.job() + " are under way"
                : null;
    }

    private int concurrency(Promise promise) {
        return catalog.resolve(promise.version())
                .map(d -> d.contract().concurrency())
                .orElse(Integer.MAX_VALUE);
    }

    /** More may wait in the ledger at a lane. */
    void moreAt(String lane) {
        more.add(lane);
    }

    /** Nothing else waits in the ledger at a lane. */
    void noMoreAt(String lane) {
        more.remove(lane);
    }

    boolean hasMoreAt(String lane) {
        return more.contains(lane);
    }

    /** The lanes at which more may wait. */
    List<String> lanesWithMore() {
        return new ArrayList<>(more);
    }

    private Set<String> queued(String lane) {
        return queued.computeIfAbsent(lane, l -> new HashSet<>());
    }

    private Set<String> active(String job) {
        return active.computeIfAbsent(job, j -> new HashSet<>());
    }
}
