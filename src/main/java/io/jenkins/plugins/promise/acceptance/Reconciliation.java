package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.report.Outcome;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Holds what is open against the host's queue and builds: after a start, and after the promises of another controller were
 * taken over. Each promise for itself, so that one that cannot be helped hurts no other.
 */
final class Reconciliation {
    private static final Logger LOGGER = Logger.getLogger(Reconciliation.class.getName());

    private final QuietLog troubles = new QuietLog(LOGGER);
    private final Ledger ledger;
    private final Catalog catalog;
    private final Builds builds;
    private final Settlement settlement;
    private final Dispatcher dispatcher;

    Reconciliation(Ledger ledger, Catalog catalog, Builds builds, Settlement settlement, Dispatcher dispatcher) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.builds = builds;
        this.settlement = settlement;
        this.dispatcher = dispatcher;
    }

    /** Goes through all that is open. What only waits in the ledger is left there, for its turn. */
    void run() {
        ledger.work().forEachUnsettled(this::look);
        dispatcher.refillAll();
    }

    private void look(Promise promise) {
        try {
            reconcile(promise);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, "the promise " + promise.id() + " could not be gone on with", e);
            settlement.settle(
                    promise,
                    Outcome.failure("it could not be gone on with after a restart: "
                            + (e instanceof Error ? e : e.getMessage())));
        }
    }

    private void reconcile(Promise promise) {
        Builds.Status status = builds.find(promise);
        if (status.ended().isPresent()) {
            settlement.settle(promise, status.ended().get());
        } else if (promise.parent() != null && callerEnded(promise)) {
            settlement.end(promise, Outcome.failure("its orchestration has ended"));
        } else if (status.known()) {
            dispatcher.known(promise);
            // It may have gone on since it was read, and whoever told of that found nothing to take note of.
            ledger.find(promise.id()).ifPresent(dispatcher::changed);
        } else if (catalog.resolve(promise.version()).isEmpty()) {
            settlement.settle(promise, Outcome.failure(catalog.absence(promise.version())));
        } else if (promise.state() == PromiseState.PENDING) {
            dispatcher.waits(promise);
        } else if (!settlement.comes(promise.id())) {
            // Looked at after the host was asked, for there it ends before its build is gone.
            requeue(promise, "its controller or machine");
        }
    }

    private boolean callerEnded(Promise promise) {
        return ledger.find(promise.parent().promise())
                .map(p -> p.state().settled())
                .orElse(true);
    }

    /**
     * Queues the build of an open promise again, which the host has lost; ends it if that has happened too often.
     *
     * @param with the machine that was lost, for people
     */
    void requeue(Promise promise, String with) {
        int attempts = attempts(promise);
        if (promise.progress().starts() >= attempts) {
            settlement.settle(
                    promise,
                    Outcome.failure("it was started "
                            + Counted.of(promise.progress().starts(), "time") + ", and lost each time, now with " + with
                            + "; not again, for the job allows " + Counted.of(attempts, "attempt")));
            return;
        }
        // Before it can be queued again, for what is queued must not be forgotten.
        dispatcher.lost(promise);
        var unused = ledger.change(promise.id(), p -> p.progress().equals(promise.progress()) ? p.pending() : p)
                .whenComplete((changed, problem) -> {
                    if (problem != null) {
                        troubles.log("the promise " + promise.id() + " is queued again later", problem);
                        dispatcher.again(() -> requeue(promise, with));
                    } else {
                        changed.ifPresent(dispatcher::waits);
                    }
                });
    }

    /** An orchestration that is found again goes on where it was, however often its controller is started anew. */
    private int attempts(Promise promise) {
        return catalog.resolve(promise.version())
                .filter(d -> d.kind() == JobKind.WORKER)
                .map(d -> d.contract().mostAttempts())
                .orElse(Integer.MAX_VALUE);
    }
}
