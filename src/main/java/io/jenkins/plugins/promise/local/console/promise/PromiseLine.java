package io.jenkins.plugins.promise.local.console.promise;

import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.DeliveryState;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.time.Instant;
import java.util.Optional;

/**
 * A promise in a list, in words.
 *
 * @param id its id
 * @param state PENDING, RUNNING, FULFILLED or REJECTED
 * @param job its job's common name
 * @param version the version that serves it
 * @param accepted when it was accepted
 * @param submitter who or what submitted it
 * @param took from accepted to settled, or to now
 * @param deliveries how its deliveries stand
 * @param reason why it ended, or what it waits for; empty where there is nothing to say
 * @param stuck whether what it waits for does not come by itself
 * @param undelivered whether a delivery was given up
 */
public record PromiseLine(
        String id,
        String state,
        String job,
        String version,
        Instant accepted,
        String submitter,
        String took,
        String deliveries,
        String reason,
        boolean stuck,
        boolean undelivered) {

    /**
     * A promise as a line.
     *
     * @param waitsFor nothing if it works, or all is done
     */
    static PromiseLine of(Promise promise, Optional<WaitsFor> waitsFor, Instant now) {
        return new PromiseLine(
                promise.id(),
                promise.state().name(),
                promise.job(),
                promise.version(),
                promise.accepted(),
                submitter(promise),
                Span.between(
                                promise.accepted(),
                                promise.settlement().map(Progress.Settled::at).orElse(null),
                                now)
                        .toString(),
                deliveries(promise),
                promise.settlement()
                        .map(Progress.Settled::reason)
                        .or(() -> waitsFor.map(WaitsFor::detail))
                        .orElse(""),
                waitsFor.map(WaitsFor::stuck).orElse(false),
                promise.undelivered());
    }

    /** In the words that Jenkins' pages have for it. */
    private static String submitter(Promise promise) {
        Submitter submitter = promise.submitter();
        String name = submitter.name();
        return switch (submitter.kind()) {
            case USER -> name;
            case TOKEN -> name == null ? "whoever has its token" : "whoever has its token, from " + name;
            case OPERATOR -> "the operator";
            case UPSTREAM -> promise.parent() == null
                    ? "the build " + name
                    : "the orchestration " + promise.parent().promise();
            case TIMER -> "a timer";
            case UNKNOWN -> name == null ? "not known" : name;
        };
    }

    private static String deliveries(Promise promise) {
        int all = promise.deliveries().size();
        long delivered = promise.deliveries().stream()
                .filter(d -> d.state() == DeliveryState.DELIVERED)
                .count();
        int tries = promise.deliveries().stream().mapToInt(Delivery::tries).sum();
        return all == 0 ? "no callbacks" : delivered + " of " + all + " delivered, " + Counted.of(tries, "attempt");
    }
}
