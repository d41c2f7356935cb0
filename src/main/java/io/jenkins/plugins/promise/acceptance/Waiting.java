package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.deployment.Pause;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what promises wait for. */
final class Waiting {
    private static final int NAMED = 3;

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
            return builds.waitsFor(promise).or(() -> workers(promise));
        }
        return promise.deliveries().stream()
                .filter(Delivery::waiting)
                .findFirst()
                .map(Waiting::delivery);
    }

    /** What keeps the build of a promise from starting until a person helps, in a sentence; nothing if nothing does. */
    Optional<String> obstacle(Promise promise) {
        if (promise.state() != PromiseState.PENDING) {
            return Optional.empty();
        }
        return dispatcher.held(promise).or(() -> builds.lack(promise.lane()));
    }

    private WaitsFor pending(Promise promise) {
        Instant since = promise.accepted();
        Optional<String> held = dispatcher.held(promise);
        Optional<Pause> pause = dispatcher.pause(promise);
        if (pause.isPresent()) {
            Instant paused = pause.get().since();
            return new WaitsFor("version", held.orElseThrow(), paused.isAfter(since) ? paused : since, null, true);
        }
        if (held.isPresent()) {
            return new WaitsFor("job", held.get(), since, null, true);
        }
        Optional<String> lack = builds.lack(promise.lane());
        if (dispatcher.inQueue(promise)) {
            String why = builds.why(promise).or(() -> lack).orElse("Waiting for next available executor");
            return new WaitsFor("executor", why, since, null, lack.isPresent());
        }
        int before = ledger.work().before(promise);
        String full = dispatcher.concurrencyReached(promise);
        return full != null
                ? new WaitsFor("concurrency", full, since, before, false)
                : new WaitsFor(
                        "turn",
                        before + " wait before it" + lack.map(l -> "; " + l).orElse(""),
                        since,
                        before,
                        lack.isPresent());
    }

    private Optional<WaitsFor> workers(Promise promise) {
        if (promise.phases().stream().noneMatch(p -> p.ended() == null)) {
            return Optional.empty();
        }
        // The one that says most comes first: what is stuck, then what is queued.
        List<Promise> open = ledger.lists().children(promise.id()).stream()
                .filter(c -> !c.state().settled())
                .sorted(Comparator.comparing((Promise c) -> obstacle(c).isEmpty())
                        .thenComparing(c -> c.state() != PromiseState.PENDING))
                .toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(workers(open));
    }

    private WaitsFor workers(List<Promise> open) {
        Promise first = open.get(0);
        String names = open.stream()
                .limit(NAMED)
                .map(c -> "'" + c.parent().worker() + "'")
                .collect(Collectors.joining(", "));
        Optional<WaitsFor> pending =
                first.state() == PromiseState.PENDING ? Optional.of(pending(first)) : Optional.empty();
        String which =
                open.size() == 1 ? "which" : "of which '" + first.parent().worker() + "'";
        return new WaitsFor(
                "worker",
                (open.size() == 1 ? "the worker " : open.size() + " workers, among them ") + names + ", " + which
                        + pending.map(w -> " is queued: " + w.detail()).orElse(" runs"),
                first.accepted(),
                null,
                pending.map(WaitsFor::stuck).orElse(false));
    }

    private static WaitsFor delivery(Delivery delivery) {
        return new WaitsFor(
                "delivery",
                delivery.tries() == 0
                        ? "the first delivery to " + delivery.receiver()
                        : "delivery " + (delivery.tries() + 1) + " to " + delivery.receiver()
                                + (delivery.next() == null ? "" : ", due at " + delivery.next()),
                delivery.since(),
                null,
                false);
    }
}
