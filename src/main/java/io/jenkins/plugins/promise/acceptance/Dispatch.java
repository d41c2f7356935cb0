package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import java.time.Duration;
import java.util.Optional;

/** Has promises built by a host, in their turn, and tells what they wait for. */
public final class Dispatch implements PromiseListener, AutoCloseable {
    private final Ledger ledger;
    private final Builds builds;
    private final Dispatcher dispatcher;
    private final Reconciliation reconciliation;
    private final Waiting waiting;
    private final Pauses pauses;
    private final Settlement settlement;
    private final PromiseTimer timer = new PromiseTimer("promise-dispatch");
    private Optional<Adoption> adoption = Optional.empty();

    Dispatch(Ledger ledger, Catalog catalog, Builds builds, Settlement settlement) {
        this.ledger = ledger;
        this.builds = builds;
        this.settlement = settlement;
        this.dispatcher = new Dispatcher(ledger, catalog, builds, settlement, timer);
        this.reconciliation = new Reconciliation(ledger, catalog, builds, settlement, dispatcher);
        this.waiting = new Waiting(ledger, builds, dispatcher);
        this.pauses = new Pauses(ledger, catalog, builds, dispatcher, timer);
    }

    @Override
    public void changed(Promise promise) {
        dispatcher.changed(promise);
        if (promise.state() == PromiseState.PENDING) {
            dispatcher.offer(promise);
        }
    }

    @Override
    public void queuedByHost(Promise promise) {
        dispatcher.known(promise);
    }

    @Override
    public void ended(Promise promise, String why) {
        builds.abandon(promise, why);
    }

    /**
     * Holds all that is open against the host's queue and builds: after a start, and after promises of another controller
     * were taken over.
     */
    public void reconcile() {
        reconciliation.run();
    }

    /**
     * Shares the ledger with other controllers: shows them that this one is alive, takes over from those that are not, and
     * cancels what is asked for at another one.
     *
     * @param lease after how much silence a controller is taken for dead
     * @param fenced what is done, once, when this controller itself was taken for dead: all that it runs is to be stopped
     */
    public synchronized void share(Duration lease, Runnable fenced) {
        Adoption begun = new Adoption(ledger, lease, this::reconcile, fenced);
        adoption = Optional.of(begun);
        begun.beat();
        new Cancellations(ledger, settlement, timer).look();
        pauses.watch();
    }

    /**
     * Queues the build of an open promise again, which the host has lost.
     *
     * @param with the machine that was lost, for people
     */
    public void requeue(String id, String with) {
        ledger.find(id).filter(p -> !p.state().settled()).ifPresent(p -> reconciliation.requeue(p, with));
    }

    /** Looks again what may be queued, because executors came or went; soon, so that the caller may hold what it likes. */
    public void refill() {
        var unused = timer.later(dispatcher::refillAll, 0);
    }

    /** Looks soon which versions are paused: somebody has paused or resumed one. */
    public void pausesChanged() {
        var unused = timer.later(pauses::changed, 0);
    }

    /** What a promise waits for; nothing if it works, or all is done. */
    public Optional<WaitsFor> waitsFor(Promise promise) {
        return waiting.of(promise);
    }

    /** What keeps the build of a promise from starting until a person helps, in a sentence; nothing if nothing does. */
    public Optional<String> obstacle(Promise promise) {
        return waiting.obstacle(promise);
    }

    /**
     * Takes note that the host has taken the build of a promise out of its queue, because its job is not to be built for
     * now: the promise waits in the ledger again.
     */
    public void returned(String id) {
        ledger.find(id).filter(p -> p.state() == PromiseState.PENDING).ifPresent(dispatcher::returned);
    }

    /** Queues nothing more. */
    @Override
    public synchronized void close() {
        adoption.ifPresent(Adoption::stop);
        dispatcher.stop();
        timer.close();
    }
}
