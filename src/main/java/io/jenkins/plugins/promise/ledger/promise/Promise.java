package io.jenkins.plugins.promise.ledger.promise;

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
 * @param number its place in the order of acceptance; 0 before it is in the ledger
 * @param id sortable by time and not to be guessed
 * @param job the common name
 * @param version the deployed version
 * @param lane which of the host's dispatch windows its build waits at
 * @param inputs as build parameters hold them; those named in {@code secrets} are sealed
 * @param secrets the names of the inputs that are sealed
 * @param accepted when it was accepted, to the millisecond
 * @param deadline when it is settled at the latest, to the millisecond
 * @param origin where it came from
 * @param progress how far it has come
 * @param deliveries one for each callback
 * @param phases of an orchestration, so far
 * @param epoch grows whenever another controller takes it over; who writes must know it
 */
public record Promise(
        long number,
        String id,
        String job,
        String version,
        String lane,
        Map<String, String> inputs,
        List<String> secrets,
        Instant accepted,
        Instant deadline,
        Origin origin,
        Progress progress,
        List<Delivery> deliveries,
        List<PhaseRecord> phases,
        int epoch) {

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
        phases = new ArrayList<>(phases);
    }

    /** Where it stands, in a word. */
    public PromiseState state() {
        return progress.state();
    }

    /** The call that it was accepted for; null for one from outside. */
    public ParentCall parent() {
        return origin instanceof Origin.Called called ? called.call() : null;
    }

    /** The client's own name for the submission; null for none. */
    public IdempotencyKey key() {
        return origin instanceof Origin.Outside outside ? outside.key() : null;
    }

    /** Who or what submitted it. */
    public Submitter submitter() {
        return origin.submitter();
    }

    /** Its settlement; nothing before. */
    public Optional<Progress.Settled> settlement() {
        return progress instanceof Progress.Settled settled ? Optional.of(settled) : Optional.empty();
    }

    /** Whether anything is still to be done: it is not settled, or a delivery is on its way. */
    public boolean open() {
        return !state().settled() || deliveries.stream().anyMatch(Delivery::waiting);
    }

    /** Whether a delivery was given up. */
    public boolean undelivered() {
        return givenUp() > 0;
    }

    /** How many deliveries were given up. */
    public int givenUp() {
        return (int) deliveries.stream()
                .filter(d -> d.state() == DeliveryState.GIVEN_UP)
                .count();
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

    /** The same with an item in the host's queue; itself if it is not pending. */
    public Promise queued(long item) {
        return progress instanceof Progress.Pending pending
                ? with(new Progress.Pending(Optional.of(item), pending.starts()))
                : this;
    }

    /** The same with a build that runs; itself if it is settled or that build runs already. */
    public Promise running(String build, Instant now) {
        if (progress instanceof Progress.Pending pending) {
            return with(new Progress.Running(pending.queueItem(), pending.starts() + 1, build, now));
        }
        if (progress instanceof Progress.Running running) {
            return with(new Progress.Running(running.queueItem(), running.starts(), build, running.since()));
        }
        return this;
    }

    /** The same, waiting for a build again; itself if it is settled or waits already. */
    public Promise pending() {
        return progress instanceof Progress.Running running
                ? with(new Progress.Pending(running.queueItem(), running.starts()))
                : this;
    }

    /**
     * The same, settled; its reports become ready to be sent.
     *
     * @throws IllegalArgumentException if it is settled already
     */
    public Promise settled(ReportStatus status, String why, Instant now) {
        List<Delivery> ready = deliveries.stream()
                .map(d -> d.receives() == Receives.REPORT ? d.ready(now) : d)
                .toList();
        return copy(new Progress.Settled(status, why, now, progress), ready, phases, number, epoch);
    }

    /** The same with one delivery changed. */
    public Promise withDelivery(String input, UnaryOperator<Delivery> change) {
        List<Delivery> changed = deliveries.stream()
                .map(d -> d.input().equals(input) ? change.apply(d) : d)
                .toList();
        return copy(progress, changed, phases, number, epoch);
    }

    /** The same with that phase, which takes the place of one of the same number. */
    public Promise withPhase(PhaseRecord phase) {
        List<PhaseRecord> changed = new ArrayList<>(phases);
        changed.removeIf(p -> p.number() == phase.number());
        changed.add(phase);
        return copy(progress, deliveries, changed, number, epoch);
    }

    /** The same, taken in with that number by whoever knows that epoch. */
    public Promise taken(long itsNumber, int itsEpoch) {
        return copy(progress, deliveries, phases, itsNumber, itsEpoch);
    }

    /**
     * The same after its job, which was not deployed, got another name: it is its common name, its version, and the
     * beginning of what the host finds the build by.
     */
    public Promise renamed(String then) {
        return new Promise(
                number,
                id,
                then,
                then,
                lane,
                inputs,
                secrets,
                accepted,
                deadline,
                origin.renamed(then),
                progress.renamed(build -> build.startsWith(version) ? then + build.substring(version.length()) : build),
                deliveries,
                phases,
                epoch);
    }

    private Promise with(Progress then) {
        return copy(then, deliveries, phases, number, epoch);
    }

    private Promise copy(
            Progress thenProgress,
            List<Delivery> thenDeliveries,
            List<PhaseRecord> thenPhases,
            long thenNumber,
            int thenEpoch) {
        return new Promise(
                thenNumber,
                id,
                job,
                version,
                lane,
                inputs,
                secrets,
                accepted,
                deadline,
                origin,
                thenProgress,
                thenDeliveries,
                thenPhases,
                thenEpoch);
    }
}
