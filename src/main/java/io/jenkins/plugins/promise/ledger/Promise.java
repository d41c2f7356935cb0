package io.jenkins.plugins.promise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.DeliveryState;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One accepted submission of a promise job. Immutable; each change is a new value.
 *
 * @param id sortable by time and not to be guessed
 * @param job the common name
 * @param version the deployed version
 * @param state where it stands
 * @param inputs as build parameters hold them; those named in {@code secrets} are sealed
 * @param secrets the names of the inputs that are sealed
 * @param accepted when it was accepted
 * @param deadline when it is settled at the latest
 * @param queue the number of its queue item; null before it has one
 * @param build what the host needs to find its build again; null while there is none
 * @param started when its build began to run; null before
 * @param settled when it was settled; null before
 * @param reason the report's reason; null before it was settled
 * @param parent the call it was accepted for; null for a submission from outside
 * @param key the client's key; null for none
 * @param deliveries one for each callback
 * @param phases of an orchestration, so far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Promise(
        String id,
        String job,
        String version,
        PromiseState state,
        Map<String, String> inputs,
        List<String> secrets,
        Instant accepted,
        Instant deadline,
        Long queue,
        String build,
        Instant started,
        Instant settled,
        String reason,
        ParentCall parent,
        IdempotencyKey key,
        List<Delivery> deliveries,
        List<PhaseRecord> phases) {

    /**
     * After so many attempts a registration that the receiver will not take no longer holds up the report: from then on
     * each attempt at the report follows one at the registration.
     */
    private static final int REGISTRATION_HOLDS = 6;

    /** Copies what it is given. */
    public Promise {
        inputs = new LinkedHashMap<>(inputs);
        secrets = new ArrayList<>(secrets);
        deliveries = new ArrayList<>(deliveries);
        phases = phases == null ? new ArrayList<>() : new ArrayList<>(phases);
    }

    /** Whether anything is still to be done: it is not settled, or a delivery is on its way. */
    public boolean open() {
        return !state.settled() || deliveries.stream().anyMatch(Delivery::waiting);
    }

    /** Whether a delivery was given up. */
    public boolean undelivered() {
        return deliveries.stream().anyMatch(d -> d.state() == DeliveryState.GIVEN_UP);
    }

    /** The delivery to that callback. */
    public Optional<Delivery> delivery(String input) {
        return deliveries.stream().filter(d -> d.input().equals(input)).findFirst();
    }

    /** The deliveries that the courier may bring, now or when they are due. */
    public List<Delivery> sendable() {
        return deliveries.stream()
                .filter(d -> d.waiting() && d.next() != null && !heldUp(d))
                .toList();
    }

    /** Whether a report must wait for a registration to the same receiver. */
    private boolean heldUp(Delivery report) {
        return report.receives() == Receives.REPORT
                && deliveries.stream()
                        .filter(r -> r.receives() == Receives.REGISTRATION && r.waiting())
                        .filter(r -> r.receiver().equals(report.receiver()))
                        .anyMatch(r -> r.tries() < REGISTRATION_HOLDS
                                || (report.lastAttempt() != null
                                        && !r.lastAttempt().isAfter(report.lastAttempt())));
    }

    /** The same with a queue item. */
    public Promise queued(long number) {
        return copy(state, number, build, started, settled, reason, deliveries, phases);
    }

    /** The same with a build that runs. */
    public Promise running(String itsBuild, Instant now) {
        return copy(
                PromiseState.RUNNING,
                queue,
                itsBuild,
                started == null ? now : started,
                settled,
                reason,
                deliveries,
                phases);
    }

    /** The same, back in the queue; itself if it never left it. */
    public Promise pending() {
        if (state == PromiseState.PENDING && build == null) {
            return this;
        }
        return copy(PromiseState.PENDING, queue, null, null, settled, reason, deliveries, phases);
    }

    /** The same, settled; its reports become ready to be sent. */
    public Promise settled(ReportStatus status, String why, Instant now) {
        List<Delivery> ready = deliveries.stream()
                .map(d -> d.receives() == Receives.REPORT ? d.ready(now) : d)
                .toList();
        PromiseState then = status == ReportStatus.SUCCESS ? PromiseState.FULFILLED : PromiseState.REJECTED;
        return copy(then, queue, build, started, now, why, ready, phases);
    }

    /** The same with one delivery changed. */
    public Promise withDelivery(String input, UnaryOperator<Delivery> change) {
        List<Delivery> changed = deliveries.stream()
                .map(d -> d.input().equals(input) ? change.apply(d) : d)
                .toList();
        return copy(state, queue, build, started, settled, reason, changed, phases);
    }

    /** The same with that phase, which takes the place of one of the same number. */
    public Promise withPhase(PhaseRecord phase) {
        List<PhaseRecord> changed = new ArrayList<>(phases);
        changed.removeIf(p -> p.number() == phase.number());
        changed.add(phase);
        return copy(state, queue, build, started, settled, reason, deliveries, changed);
    }

    private Promise copy(
            PromiseState thenState,
            Long thenQueue,
            String thenBuild,
            Instant thenStarted,
            Instant thenSettled,
            String thenReason,
            List<Delivery> thenDeliveries,
            List<PhaseRecord> thenPhases) {
        return new Promise(
                id,
                job,
                version,
                thenState,
                inputs,
                secrets,
                accepted,
                deadline,
                thenQueue,
                thenBuild,
                thenStarted,
                thenSettled,
                thenReason,
                parent,
                key,
                thenDeliveries,
                thenPhases);
    }
}
