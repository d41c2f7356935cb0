package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.acceptance.host.Lanes;
import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.acceptance.host.Sealer;
import io.jenkins.plugins.promise.acceptance.submission.Acceptance;
import io.jenkins.plugins.promise.acceptance.submission.Accepted;
import io.jenkins.plugins.promise.acceptance.submission.Drafts;
import io.jenkins.plugins.promise.acceptance.submission.Resubmission;
import io.jenkins.plugins.promise.acceptance.submission.Secrets;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.acceptance.submission.Submitted;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.Outbox;
import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.contract.CheckedInputs;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.Report;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The promises of a host: a submission is checked and accepted, the promise is settled once, and its reports go to the
 * courier. Nothing is built before {@link Dispatch#begin} has told where.
 */
public final class Promises implements AutoCloseable {
    private final Ledger ledger;
    private final Acceptance acceptance;
    private final Settlement settlement;
    private final Deliveries deliveries;
    private final HostQueued hostQueued;
    private final Endings endings;
    private final Cancellations cancellations;
    private final Deadlines deadlines;
    private final Secrets secrets;
    private final Resubmission resubmission;
    private final Links links;
    private final Supplier<PromiseSettings> settings;
    private final PromiseProgress progress;
    private final Clock clock;
    private final Courier courier;
    private final PromiseEvents events = new PromiseEvents();
    private final PromiseTimer timer = new PromiseTimer("promise-deadlines");

    /**
     * Ties the parts together.
     *
     * @param gate what a submission goes through between being looked at and being accepted
     * @param courier makes the courier of an outbox
     */
    public Promises(
            Ledger ledger,
            Catalog catalog,
            AcceptanceGate gate,
            Sealer sealer,
            EndpointGuard guard,
            Lanes lanes,
            Links links,
            Supplier<RetrySchedule> schedule,
            Supplier<PromiseSettings> settings,
            Clock clock,
            Function<Outbox, Courier> courier) {
        this.ledger = ledger;
        this.links = links;
        this.settings = settings;
        this.clock = clock;
        this.secrets = new Secrets(sealer);
        this.resubmission = new Resubmission(secrets);
        this.acceptance =
                new Acceptance(ledger, catalog, gate, guard, secrets, new Drafts(secrets, lanes, settings, clock));
        this.settlement = new Settlement(ledger, catalog, secrets, links, events, timer, clock);
        this.deliveries = new Deliveries(ledger, links, events, schedule, clock);
        this.hostQueued = new HostQueued(ledger, catalog, acceptance, settlement, events, timer);
        this.endings = new Endings(ledger, settlement, hostQueued, timer);
        this.cancellations = new Cancellations(ledger, settlement, timer);
        this.deadlines = new Deadlines(ledger, settlement, timer, clock);
        this.courier = courier.apply(deliveries);
        this.progress = new PromiseProgress(ledger, events, clock);
        events.listen(this::post);
        events.listen(deadlines);
    }

    /** Only what was accepted or settled just now: what was tried is posted by who tried it. */
    private void post(Promise promise) {
        promise.sendable().stream()
                .filter(d -> d.lastAttempt() == null || d.lastAttempt().isBefore(d.since()))
                .forEach(d -> courier.post(new Parcel(promise.id(), d)));
    }

    /**
     * Begins to have promises built: goes on with what is open, and from then on with what is accepted.
     *
     * @param catalog what is deployed
     */
    public Dispatch begin(Builds builds, Catalog catalog) {
        Dispatch dispatch = new Dispatch(ledger, catalog, builds, settlement);
        events.listen(dispatch);
        deadlines.look();
        courier.start();
        return dispatch;
    }

    /** Tells this listener from now on. */
    public void listen(PromiseListener listener) {
        events.listen(listener);
    }

    /** The job of that name or version. */
    public Deployed job(String name) throws Refused {
        return acceptance.job(name);
    }

    /** Checks inputs against a job's contract, and callback URLs against the receivers allowed. */
    public CheckedInputs check(Deployed job, GivenInputs given) {
        return acceptance.check(job, given);
    }

    /**
     * Accepts a submission. When this returns, the promise is on disk.
     *
     * @throws Refused if it is not accepted; nothing was stored then
     */
    public Accepted submit(Submission submission) throws Refused {
        Accepted accepted = acceptance.submit(submission);
        tell(accepted);
        return accepted;
    }

    /**
     * Accepts calls of an orchestration, in that order, and together: they wait for the disk once. When this returns, each
     * is on disk or refused, or one before it could not be taken in just now.
     *
     * @return the answers, in the same order
     */
    public List<Submitted> submit(List<Submission> calls) {
        List<Submitted> answers = acceptance.submit(calls);
        answers.forEach(a -> a.ifAccepted().ifPresent(this::tell));
        return answers;
    }

    private void tell(Accepted accepted) {
        Promise promise = accepted.promise();
        // A call is repeated after it was not known whether it was accepted; whoever is to build it may not know of it.
        if (!accepted.repeated() || (promise.parent() != null && promise.state() == PromiseState.PENDING)) {
            events.tell(promise);
        }
    }

    /** What the host has queued by itself, because it was asked for it. */
    public HostQueued hostQueued() {
        return hostQueued;
    }

    /** What the host tells of the promises that it builds. */
    public PromiseProgress progress() {
        return progress;
    }

    /**
     * Settles a promise. A second settlement is ignored. If the disk does not take it, it is tried again until it does.
     *
     * @return whether this settled it
     */
    public boolean settle(String id, Outcome outcome) {
        return endings.settle(id, outcome);
    }

    /** The same for several, which wait for the disk together. */
    public void settle(Collection<String> ids, Outcome outcome) {
        endings.settle(ids, outcome);
    }

    /**
     * Cancels a promise: it is settled as rejected, and its build is stopped.
     *
     * @throws Refused if there is no such promise, it is settled, or this cannot be written down
     */
    public void cancel(String id, String who) throws Refused {
        cancellations.cancel(find(id), who);
    }

    /**
     * Sends a settled promise's reports again to every callback that has not got them; to all callbacks if all have.
     *
     * @return how many are sent again
     * @throws Refused if there is no such promise, it is not settled, or it has no callbacks
     */
    public int redeliver(String id) throws Refused {
        Promise promise = find(id);
        events.tell(deliveries.redeliver(promise));
        return Deliveries.missing(promise).size();
    }

    /**
     * Submits the inputs of a promise once more, to the latest version of its job.
     *
     * @throws Refused if there is no such promise, an orchestration has called it, its secrets cannot be opened any more, or
     *     its inputs do not fit the contract as it is now
     */
    public Accepted again(String id, Submitter submitter) throws Refused {
        return submit(resubmission.of(find(id), submitter));
    }

    /** The promise of that id. */
    public Promise find(String id) throws Refused {
        return ledger.find(id).orElseThrow(() -> Refused.unknown("promise", id, List.of()));
    }

    /** Where that promise is told of. */
    public String url(String id) {
        return links.promise(id);
    }

    /** The report of that promise; nothing while it is not settled. */
    public Optional<Report> report(String id) throws IOException {
        Optional<byte[]> bytes = ledger.report(id);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Json.mapper().readValue(bytes.get(), Report.class));
    }

    /** The inputs of promises in clear, for their builds only. */
    public Secrets secrets() {
        return secrets;
    }

    /** Takes no more submissions; what is accepted goes on. */
    public void stopAccepting() {
        acceptance.stop();
    }

    /** Drops closed promises that are older than the retention; tells their ids. */
    public List<String> drop() {
        return ledger.drop(settings.get().retention(), clock);
    }

    /** Stops the courier and the deadlines. Nothing is lost by it: the next start goes on from the ledger. */
    @Override
    public void close() {
        acceptance.stop();
        timer.close();
        courier.close();
        events.close();
    }
}
