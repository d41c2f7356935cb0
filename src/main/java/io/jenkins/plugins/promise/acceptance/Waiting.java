package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what promises wait for. */
final class Waiting {
    private final Ledger ledger;
    private final Builds builds;
    private final Dispatcher dispatcher;

    Waiting(Ledger ledger, Builds builds, Dispatcher dispatcher) {
        this.ledger = ledger;
        this.builds = builds;
        this.dispatcher = dispatcher;
    }

    /** Where an unsettled promise stands, as a sentence goes on with it. */
    static String word(Promise promise) {
        return promise.state() == PromiseState.PENDING ? "in the queue" : "running";
    }

    /** What a promise waits for; nothing if it works, or all is done. */
    Optional<WaitsFor> of(Promise promise) {
        if (promise.progress() instanceof Progress.Pending) {
            return Optional.of(pending(promise));
        }
        if (promise.progress() instanceof Progress.Running) {
            return workers(promise);
        }
        return promise.deliveries().stream()
                .filter(Delivery::waiting)
                .findFirst()
                .map(Waiting::delivery);
    }

    private WaitsFor pending(Promise promise) {
        if (dispatcher.inQueue(promise)) {
            return new WaitsFor(
                    "executor",
                    builds.why(promise).orElse("Waiting for next available executor"),
                    promise.accepted(),
                    null);
        }
        int before = ledger.work().before(promise);
        String full = dispatcher.concurrencyReached(promise);
        return full != null
                ? new WaitsFor("concurrency", full, promise.accepted(), before)
                : new WaitsFor("turn", before + " wait before it", promise.accepted(), before);
    }

    private Optional<WaitsFor> workers(Promise promise) {
        if (promise.phases().stream().noneMatch(p -> p.ended() == null)) {
            return Optional.empty();
        }
        List<Promise> open = ledger.lists().children(promise.id()).stream()
                .filter(c -> !c.state().settled())
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        String names =
                open.stream().limit(3).map(c -> "'" + c.parent().worker() + "'").collect(Collectors.joining(", "));
        return Optional.of(new WaitsFor(
                "worker",
                (open.size() == 1 ? "the worker " : open.size() + " workers, among them ") + names + ", which "
                        + (open.get(0).state() == PromiseState.PENDING ? "is queued" : "runs"),
                open.get(0).accepted(),
                null));
    }

    private static WaitsFor delivery(Delivery delivery) {
        return new WaitsFor(
                "delivery",
                delivery.tries() == 0
                        ? "the first delivery to " + delivery.receiver()
                        : "delivery " + (delivery.tries() + 1) + " to " + delivery.receiver()
                                + (delivery.next() == null ? "" : ", due at " + delivery.next()),
                delivery.since(),
                null);
    }
}
