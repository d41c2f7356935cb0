package io.jenkins.plugins.promise.acceptance;

import com.google.common.util.concurrent.Striped;
import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.DeliveryState;
import io.jenkins.plugins.promise.callback.EndpointGuard;
import io.jenkins.plugins.promise.callback.Outbox;
import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.contract.CheckedInputs;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.Json;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.Deployed;
import io.jenkins.plugins.promise.ledger.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.ParentCall;
import io.jenkins.plugins.promise.ledger.PhaseRecord;
import io.jenkins.plugins.promise.ledger.Promise;
import io.jenkins.plugins.promise.ledger.PromiseId;
import io.jenkins.plugins.promise.ledger.PromiseState;
import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.Report;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The rules of a promise, the same on every host: a submission is checked and accepted, the promise is settled once, and
 * its reports go to the courier. A host brings its queue ({@link Builds}), its jobs ({@link Catalog}) and its way to keep
 * secrets ({@link Sealer}).
 */
public final class Promises implements Outbox, AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Promises.class.getName());
    private static final int RETRY_SECONDS = 5;
    private static final int STRIPES = 256;

    private final Ledger ledger;
    private final Catalog catalog;
    private final Builds builds;
    private final Sealer sealer;
    private final EndpointGuard guard;
    private final Supplier<RetrySchedule> schedule;
    private final Supplier<PromiseSettings> settings;
    private final Clock clock;
    private final Courier courier;
    private final Striped<Lock> keyLocks = Striped.lock(STRIPES);
    private final List<PromiseListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> children = new ConcurrentHashMap<>();
    private final Map<String, Future<?>> deadlines = new ConcurrentHashMap<>();
    private final PromiseTimer timer = new PromiseTimer();
    private final AcceptanceGate gate;
    private volatile boolean accepting = true;

    /**
     * Ties the parts together; nothing happens before {@link #reconcile} or a submission.
     *
     * @param courier makes the courier of this outbox
     */
    public Promises(
            Ledger ledger,
            Catalog catalog,
            Builds builds,
            AcceptanceGate gate,
            Sealer sealer,
            EndpointGuard guard,
            Supplier<RetrySchedule> schedule,
            Supplier<PromiseSettings> settings,
            Clock clock,
            Function<Outbox, Courier> courier) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.builds = builds;
        this.gate = gate;
        this.sealer = sealer;
        this.guard = guard;
        this.schedule = schedule;
        this.settings = settings;
        this.clock = clock;
        this.courier = courier.apply(this);
    }

    /** Tells this listener from now on. */
    public void listen(PromiseListener listener) {
        listeners.add(listener);
    }

    /** The job of that name or version. */
    public Deployed job(String name) throws Refused {
        return catalog.resolve(name)
                .orElseThrow(() -> Refused.unknown(
                        "promise job",
                        name,
                        catalog.all().stream().map(Deployed::name).distinct().toList()));
    }

    /**
     * Accepts a submission. When this returns, the promise is on disk and its build is queued.
     *
     * @throws Refused if it is not accepted; nothing was stored then
     */
    public Accepted submit(Submission submission) throws Refused {
        if (!accepting) {
            throw new Refused(Refused.Why.UNAVAILABLE, "the controller is shutting down; submit again in a moment");
        }
        if (submission.queueing()) {
            // Its host holds its queue, which a pruning that has closed the gate may need to delete a version: waiting
            // here would stop both for ever. Deleting the version settles what was queued for it meanwhile.
            return checkAndAccept(submission);
        }
        gate.enter();
        try {
            return checkAndAccept(submission);
        } finally {
            gate.leave();
        }
    }

    private Accepted checkAndAccept(Submission submission) throws Refused {
        Deployed job = job(submission.job());
        CheckedInputs inputs = check(job, submission.inputs());
        if (!inputs.violations().isEmpty()) {
            throw new Refused(
                    Refused.Why.INVALID, "the inputs do not fit the contract of " + job.version(), inputs.violations());
        }
        if (submission.key() == null) {
            return new Accepted(accept(job, inputs, submission, null), false);
        }
        return acceptOnce(job, inputs, submission);
    }

    /** Checks inputs against a job's contract, and callback URLs against the receivers allowed. */
    public CheckedInputs check(Deployed job, GivenInputs given) {
        CheckedInputs inputs = job.contract().check(given);
        List<Violation> refused = new ArrayList<>();
        for (Input callback : job.contract().callbacks()) {
            Object url = inputs.values().get(callback.name());
            if (url != null) {
                guard.refusal(URI.create(url.toString()))
                        .ifPresent(r -> refused.add(new Violation(callback.name(), r)));
            }
        }
        return inputs.with(refused);
    }

    private Accepted acceptOnce(Deployed job, CheckedInputs inputs, Submission submission) throws Refused {
        if (submission.key().isBlank() || submission.key().length() > IdempotencyKey.MAX_LENGTH) {
            throw new Refused(
                    Refused.Why.INVALID,
                    "Idempotency-Key must have between 1 and " + IdempotencyKey.MAX_LENGTH + " characters");
        }
        String content = new TreeMap<>(inputs.strings()).toString();
        IdempotencyKey key = new IdempotencyKey(job.name(), submission.key(), sealer.fingerprint(content));
        Lock keyLock = keyLocks.get(key.fileName());
        keyLock.lock();
        try {
            Optional<Ledger.KeyOwner> owner = ledger.keyOwner(key);
            if (owner.isEmpty()) {
                return new Accepted(accept(job, inputs, submission, key), false);
            }
            if (!owner.get().key().fingerprint().equals(key.fingerprint())) {
                throw new Refused(
                        Refused.Why.CONFLICT,
                        "this Idempotency-Key was used with other inputs, for the promise "
                                + owner.get().promise());
            }
            return new Accepted(ledger.find(owner.get().promise()).orElseThrow(), true);
        } catch (IOException e) {
            throw unavailable(e);
        } finally {
            keyLock.unlock();
        }
    }

    private Promise accept(Deployed job, CheckedInputs inputs, Submission submission, IdempotencyKey key)
            throws Refused {
        ParentCall parent = submission.parent();
        String id = parent == null ? PromiseId.create() : parent.id();
        Instant now = clock.instant();
        Duration deadline = job.contract().deadline() == null
                ? settings.get().deadline()
                : job.contract().deadline();
        Map<String, String> values = new LinkedHashMap<>(inputs.strings());
        List<String> secrets = new ArrayList<>();
        for (Input input : job.contract().inputs()) {
            if (input.secret() && values.containsKey(input.name())) {
                values.compute(input.name(), (n, v) -> sealer.seal(v));
                secrets.add(input.name());
            }
        }
        List<Delivery> deliveries = new ArrayList<>();
        for (Input callback : job.contract().callbacks()) {
            String url = values.get(callback.name());
            if (url != null) {
                Delivery delivery = Delivery.planned(id, callback.name(), callback.receives(), URI.create(url));
                deliveries.add(callback.receives() == Receives.REGISTRATION ? delivery.ready(now) : delivery);
            }
        }
        Promise promise = new Promise(
                id,
                job.name(),
                job.version(),
                PromiseState.PENDING,
                values,
                secrets,
                now,
                now.plus(deadline),
                builds.nextQueueNumber(),
                null,
                null,
                null,
                null,
                parent,
                key,
                deliveries,
                List.of());
        try {
            if (key != null) {
                ledger.noteKey(key, id);
            }
            ledger.insert(promise);
        } catch (IOException e) {
            throw unavailable(e);
        }
        catalog.used(job.version());
        watch(promise);
        if (!submission.queueing()) {
            builds.enqueue(promise);
        }
        post(promise);
        tell(promise);
        return promise;
    }

    private static Refused unavailable(IOException e) {
        LOGGER.log(Level.SEVERE, "a submission could not be written to disk", e);
        return new Refused(
                Refused.Why.UNAVAILABLE, "the submission could not be written to disk; nothing was accepted");
    }

    private void watch(Promise promise) {
        if (promise.parent() != null) {
            children.computeIfAbsent(promise.parent().promise(), p -> new CopyOnWriteArrayList<>())
                    .add(promise.id());
        }
        Future<?> expiry = timer.later(
                () -> expire(promise.id()),
                Duration.between(clock.instant(), promise.deadline()).toMillis());
        deadlines.put(promise.id(), expiry);
    }

    private void expire(String id) {
        ledger.find(id).filter(p -> !p.state().settled()).ifPresent(p -> {
            Duration limit = Duration.between(p.accepted(), p.deadline());
            end(p, Outcome.deadlinePassed(limit, stateWord(p)).reason());
        });
    }

    /** Takes note that a promise's build runs. */
    public void started(String id, String build) {
        ledger.change(id, p -> p.state().settled() ? p : p.running(build, clock.instant()))
                .ifPresent(this::tell);
    }

    /** Takes note of a promise's phase. */
    public void phase(String id, PhaseRecord phase) {
        ledger.change(id, p -> p.withPhase(phase)).ifPresent(this::tell);
    }

    /** Takes note of the queue item's number, on a host that knows it only now. */
    public void queued(String id, long number) {
        ledger.remember(id, p -> p.queued(number)).ifPresent(this::tell);
    }

    /**
     * Settles a promise. A second settlement is ignored. If the disk does not take it, it is tried again until it does.
     *
     * @return whether this settled it
     */
    public boolean settle(String id, Outcome outcome) {
        Optional<Promise> unsettled = ledger.find(id).filter(p -> !p.state().settled());
        if (unsettled.isEmpty()) {
            LOGGER.log(
                    Level.INFO, "{0} is settled already or unknown; ignored: {1}", new Object[] {id, outcome.reason()});
            return false;
        }
        Outcome checked = new Masker(secrets(unsettled.get()))
                .mask(catalog.resolve(unsettled.get().version())
                        .map(j -> outcome.checkedAgainst(j.contract().outputs()))
                        .orElse(outcome));
        Optional<Promise> settled;
        try {
            settled = ledger.settle(
                    id,
                    p -> p.settled(checked.status(), checked.reason(), clock.instant()),
                    p -> Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report(p, checked)));
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, "the settlement of " + id + " could not be written; trying again", e);
            var unused = timer.later(() -> settle(id, outcome), TimeUnit.SECONDS.toMillis(RETRY_SECONDS));
            return false;
        }
        settled.ifPresent(p -> {
            catalog.used(p.version());
            Future<?> expiry = deadlines.remove(id);
            if (expiry != null) {
                expiry.cancel(false);
            }
            post(p);
            tell(p);
            endChildren(p);
        });
        return settled.isPresent();
    }

    private void endChildren(Promise parent) {
        List<String> mine = children.remove(parent.id());
        if (mine != null) {
            mine.forEach(c -> ledger.find(c)
                    .filter(p -> !p.state().settled())
                    .ifPresent(p -> end(p, "its orchestration " + parent.version() + " has ended")));
        }
        if (parent.parent() != null) {
            children.computeIfPresent(parent.parent().promise(), (p, ids) -> {
                ids.remove(parent.id());
                return ids;
            });
        }
    }

    private Report report(Promise promise, Outcome outcome) {
        return Report.of(
                outcome,
                new Report.PromiseReference(
                        promise.id(),
                        promise.job(),
                        promise.version(),
                        builds.url(promise.id()),
                        promise.accepted(),
                        promise.settled()));
    }

    /**
     * Cancels a promise: it is settled as rejected, and its build is stopped.
     *
     * @throws Refused if there is no such promise or it is settled
     */
    public void cancel(String id, String who) throws Refused {
        Promise promise = find(id);
        if (promise.state().settled() || !end(promise, "cancelled by " + who + " while it was " + stateWord(promise))) {
            throw new Refused(Refused.Why.CONFLICT, "the promise is settled already");
        }
    }

    private boolean end(Promise promise, String why) {
        boolean ended = settle(promise.id(), Outcome.failure(why));
        builds.abandon(promise, why);
        return ended;
    }

    /**
     * Sends a settled promise's reports again to every callback that has not got them; to all callbacks if all have.
     *
     * @return how many are sent again
     * @throws Refused if there is no such promise, it is not settled, or it has no callbacks
     */
    public int redeliver(String id) throws Refused {
        Promise promise = find(id);
        if (!promise.state().settled()) {
            throw new Refused(Refused.Why.CONFLICT, "the promise is not settled yet: there is no report to deliver");
        }
        if (promise.deliveries().isEmpty()) {
            throw new Refused(Refused.Why.CONFLICT, "the promise has no callbacks");
        }
        List<Delivery> missing = promise.undelivered() || promise.open()
                ? promise.deliveries().stream()
                        .filter(d -> d.state() != DeliveryState.DELIVERED)
                        .toList()
                : promise.deliveries();
        try {
            Instant now = clock.instant();
            Optional<Promise> reopened = ledger.reopen(id, p -> {
                Promise changed = p;
                for (Delivery delivery : missing) {
                    changed = changed.withDelivery(delivery.input(), d -> d.ready(now));
                }
                return changed;
            });
            reopened.ifPresent(p -> {
                post(p);
                tell(p);
            });
            return missing.size();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** The promise of that id. */
    public Promise find(String id) throws Refused {
        return ledger.find(id).orElseThrow(() -> Refused.unknown("promise", id, List.of()));
    }

    /** Where that promise is told of. */
    public String url(String id) {
        return builds.url(id);
    }

    /** The report of that promise; nothing while it is not settled. */
    public Optional<Report> report(String id) throws IOException {
        Optional<byte[]> bytes = ledger.report(id);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Json.mapper().readValue(bytes.get(), Report.class));
    }

    /** The inputs of a promise with its secrets in clear, for its build only. */
    public Map<String, String> inputs(Promise promise) {
        Map<String, String> inputs = new LinkedHashMap<>(promise.inputs());
        promise.secrets().forEach(name -> inputs.computeIfPresent(name, (n, value) -> sealer.open(value)));
        return inputs;
    }

    /** The values that must be shown nowhere. */
    public List<String> secrets(Promise promise) {
        Map<String, String> inputs = inputs(promise);
        return promise.secrets().stream().map(inputs::get).toList();
    }

    /** Takes no more submissions; what is accepted goes on. */
    public void stopAccepting() {
        accepting = false;
    }

    /** Stops the courier and the deadlines. Nothing is lost by it: the next start goes on from the ledger. */
    @Override
    public void close() {
        accepting = false;
        timer.close();
        courier.close();
    }

    /**
     * After a start: holds every open promise against the host's queue and builds, and queues again, settles, or leaves
     * alone. Deliveries that were on their way go on.
     */
    public void reconcile() {
        List<Promise> open = ledger.open();
        open.sort((a, b) -> a.id().compareTo(b.id()));
        open.forEach(p -> {
            if (!p.state().settled()) {
                watch(p);
            }
        });
        open.forEach(this::reconcile);
        courier.start();
    }

    private void reconcile(Promise promise) {
        post(promise);
        if (promise.state().settled()) {
            return;
        }
        Optional<Outcome> written = writtenOutcome(promise);
        Builds.Status status = builds.find(promise);
        if (written.isPresent()) {
            settle(promise.id(), written.get());
        } else if (status.ended().isPresent()) {
            settle(promise.id(), status.ended().get());
        } else if (!promise.deadline().isAfter(clock.instant())) {
            expire(promise.id());
        } else if (promise.parent() != null && parentSettled(promise)) {
            end(promise, "its orchestration has ended");
        } else if (status.known()) {
            return;
        } else if (catalog.resolve(promise.version()).isEmpty()) {
            settle(promise.id(), Outcome.failure("the version " + promise.version() + " is no longer deployed"));
        } else {
            requeue(promise.id());
        }
    }

    /** Queues the build of an open promise again, which the host has lost. */
    public void requeue(String id) {
        ledger.change(id, p -> p.state().settled() ? p : p.pending())
                .filter(p -> !p.state().settled())
                .ifPresent(builds::enqueue);
    }

    private boolean parentSettled(Promise promise) {
        return ledger.find(promise.parent().promise())
                .map(p -> p.state().settled())
                .orElse(true);
    }

    /** A crash between the writing of a report and that of the settlement leaves a report that counts. */
    private Optional<Outcome> writtenOutcome(Promise promise) {
        try {
            Optional<byte[]> report = ledger.unfinishedSettlement(promise.id());
            return report.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Json.mapper().readValue(report.get(), Report.class).outcome());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the report of " + promise.id() + " cannot be read; its build decides", e);
            return Optional.empty();
        }
    }

    /** Drops closed promises that are older than the retention; tells their ids. */
    public List<String> drop() throws IOException {
        return ledger.drop(settings.get().retention(), clock);
    }

    @Override
    public Optional<byte[]> body(Parcel parcel) throws IOException {
        Optional<Promise> promise = ledger.find(parcel.promise());
        boolean current = promise.flatMap(p -> p.delivery(parcel.delivery().input()))
                .filter(d -> d.current(parcel.delivery()))
                .isPresent();
        if (!current) {
            return Optional.empty();
        }
        if (parcel.delivery().receives() == Receives.REGISTRATION) {
            String url = builds.url(parcel.promise());
            return Optional.of(Json.mapper().writeValueAsBytes(Registration.of(promise.get(), url)));
        }
        byte[] report = ledger.report(parcel.promise())
                .orElseThrow(() -> new IOException("the report of " + parcel.promise() + " is gone"));
        return Optional.of(report);
    }

    @Override
    public CompletableFuture<List<Parcel>> attempted(Parcel parcel, Attempt attempt) {
        String input = parcel.delivery().input();
        Optional<Promise> before = ledger.find(parcel.promise());
        Optional<Promise> after = ledger.change(
                parcel.promise(),
                p -> p.withDelivery(input, d -> d.after(parcel.delivery(), attempt, schedule.get(), clock.instant())));
        if (after.isEmpty() || before.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        tell(after.get());
        Delivery now = after.get().delivery(input).orElseThrow();
        if (now.state() == DeliveryState.GIVEN_UP) {
            LOGGER.log(Level.WARNING, "{0} was given up after {1} attempts at {2}: {3}", new Object[] {
                now.webhookId(), now.tries(), now.url(), attempt.problem()
            });
        }
        // This one again if it failed; and a report that was held up by this registration.
        return CompletableFuture.completedFuture(after.get().sendable().stream()
                .filter(d -> d.input().equals(input)
                        || (now.receives() == Receives.REGISTRATION
                                && d.receives() == Receives.REPORT
                                && before.get().sendable().stream()
                                        .noneMatch(b -> b.input().equals(d.input()))))
                .map(d -> new Parcel(parcel.promise(), d))
                .toList());
    }

    @Override
    public List<String> receiversDue(Instant until) {
        return waiting(until).map(p -> p.delivery().receiver()).distinct().toList();
    }

    @Override
    public List<Parcel> due(String receiver, Instant until, int most) {
        return waiting(until)
                .filter(p -> p.delivery().receiver().equals(receiver))
                .sorted(Comparator.comparing(p -> p.delivery().next()))
                .limit(most)
                .toList();
    }

    private Stream<Parcel> waiting(Instant until) {
        return ledger.open().stream().flatMap(p -> p.sendable().stream()
                .filter(d -> !d.next().isAfter(until))
                .map(d -> new Parcel(p.id(), d)));
    }

    private void post(Promise promise) {
        promise.sendable().forEach(d -> courier.post(new Parcel(promise.id(), d)));
    }

    private void tell(Promise promise) {
        for (PromiseListener listener : listeners) {
            listener.changed(promise);
        }
    }

    private static String stateWord(Promise promise) {
        return promise.state() == PromiseState.PENDING ? "in the queue" : "running";
    }
}
