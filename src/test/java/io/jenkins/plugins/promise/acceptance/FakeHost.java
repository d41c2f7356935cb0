package io.jenkins.plugins.promise.acceptance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.Outbox;
import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.testing.PlainSealer;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A host whose builds do nothing but what a test says, and whose reports reach nobody unless the test brings them: all
 * that is between is the real thing.
 */
final class FakeHost implements Builds, Catalog, AutoCloseable {
    static final String R = "http://127.0.0.1:9/r";
    static final String S = "http://127.0.0.2:9/s";

    static final Duration DEADLINE = Duration.ofHours(3);
    static final Duration RETENTION = Duration.ofHours(1);

    private static final List<String> LANES = List.of("work", "flow");

    private final Map<String, Deployed> jobs = new LinkedHashMap<>();
    private final VirtualClock clock;
    private final Ledger ledger;
    private final Promises promises;
    private final Dispatch dispatch;
    private final List<String> queue = new ArrayList<>();
    private final List<String> queuedEver = new ArrayList<>();
    private final int window;
    private Outbox outbox;

    /** A host that goes on with what its ledger holds. */
    FakeHost(LedgerLocation location, String home, FaultyDatabase database, VirtualClock clock, int window)
            throws IOException {
        this.clock = clock;
        this.window = window;
        for (String name : LANES) {
            JobKind kind = name.equals("work") ? JobKind.WORKER : JobKind.ORCHESTRATION;
            Deployed job = new Deployed(name + "-v1-1234567", name, kind, contract(), null, "run", null, "0", Map.of());
            jobs.put(name, job);
            jobs.put(job.version(), job);
        }
        ledger = database.open(location, ControllerIdentity.begin(home, "http://" + home), clock);
        EndpointGuard guard = new EndpointGuard(new ReceiverPolicy(List.of("http"), List.of("127.0.0.0/8"), true));
        promises = new Promises(
                ledger,
                this,
                new AcceptanceGate(),
                new PlainSealer(),
                guard,
                (job, call, inputs) -> job.name(),
                new Links(() -> "http://" + home, p -> Optional.of(p.number()), p -> Optional.empty()),
                () -> RetrySchedule.DEFAULT,
                () -> new PromiseSettings(DEADLINE, RETENTION),
                clock,
                made -> {
                    outbox = made;
                    return new Courier(
                            new Nothing(),
                            guard,
                            new Signer(List.of(SigningKey.generate())),
                            CourierLimits.DEFAULT,
                            clock);
                });
        dispatch = promises.begin(this, this);
        dispatch.reconcile();
    }

    private static Contract contract() {
        return new Contract(
                List.of(
                        Input.optional("N", InputType.INTEGER),
                        callback("G", Receives.REGISTRATION),
                        callback("R", Receives.REPORT),
                        callback("S", Receives.REPORT)),
                null,
                null,
                null);
    }

    private static Input callback(String name, Receives receives) {
        return new Input(name, InputType.CALLBACK, false, null, null, null, receives, null);
    }

    Ledger ledger() {
        return ledger;
    }

    Promises promises() {
        return promises;
    }

    Dispatch dispatch() {
        return dispatch;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Waits until all that was asked of the ledger before is written. */
    void settleDown() {
        ledger.write(handle -> 0).join();
    }

    /** The same; what has failed then is found later. */
    void settleDownQuietly() {
        ledger.write(handle -> 0).exceptionally(problem -> 0).join();
    }

    static Submission submission(String job, String key, ParentCall call) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("N", "7");
        if (call == null) {
            inputs.put("G", R);
            inputs.put("R", R);
            inputs.put("S", S);
        }
        return call == null
                ? Submission.of(job, GivenInputs.of(inputs), key, Submitter.UNKNOWN)
                : Submission.called(job, GivenInputs.of(inputs), call);
    }

    static Outcome success() {
        return Outcome.success(
                "well done", JsonNodeFactory.instance.objectNode().put("n", 7));
    }

    /** What is in the queue. */
    synchronized List<String> queue() {
        return new ArrayList<>(queue);
    }

    /** What has been in the queue, once for each time. */
    synchronized List<String> queuedEver() {
        return new ArrayList<>(queuedEver);
    }

    /** The build of a promise leaves the queue and runs. */
    void start(String id) {
        synchronized (this) {
            queue.remove(id);
        }
        promises.progress().started(id, "build");
    }

    /** The build of a promise ends, also before it has begun. */
    boolean settle(String id, Outcome outcome) {
        synchronized (this) {
            queue.remove(id);
        }
        return promises.settle(id, outcome);
    }

    /** Brings what is due by then, each once. */
    List<Parcel> bring(Instant until, int status) throws IOException {
        List<Parcel> brought = new ArrayList<>();
        for (String receiver : outbox.receiversDue(until)) {
            for (Parcel parcel : outbox.due(receiver, until, 100)) {
                if (bring(parcel, status)) {
                    brought.add(parcel);
                }
            }
        }
        return brought;
    }

    /** Brings what is due, and what then becomes due. */
    List<Parcel> bringAll(int status) throws IOException {
        List<Parcel> brought = new ArrayList<>();
        for (List<Parcel> some = bring(clock.instant(), status);
                !some.isEmpty();
                some = bring(clock.instant(), status)) {
            brought.addAll(some);
        }
        return brought;
    }

    /** Brings a parcel if it is not out of date. */
    boolean bring(Parcel parcel, int status) throws IOException {
        if (outbox.body(parcel).isEmpty()) {
            return false;
        }
        outbox.attempted(parcel, new Attempt(clock.instant(), 1, status, status == 204 ? null : "no", null))
                .join();
        return true;
    }

    @Override
    public int window(String lane) {
        return window;
    }

    @Override
    public synchronized void enqueue(Promise promise) {
        queue.add(promise.id());
        queuedEver.add(promise.id());
    }

    @Override
    public synchronized void abandon(Promise promise, String why) {
        queue.remove(promise.id());
    }

    @Override
    public Status find(Promise promise) {
        return queue().contains(promise.id()) ? Status.ALIVE : Status.LOST;
    }

    @Override
    public Optional<String> why(Promise promise) {
        return Optional.empty();
    }

    @Override
    public Optional<Deployed> resolve(String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    @Override
    public List<Deployed> all() {
        return new ArrayList<>(jobs.values());
    }

    @Override
    public Optional<SubmitToken> token(String commonName) {
        return Optional.empty();
    }

    @Override
    public Optional<String> broken(String name) {
        return Optional.empty();
    }

    @Override
    public void used(String version) {}

    /** As a host ends that is asked to, or is killed: nothing that is under way is waited for. */
    @Override
    public void close() throws IOException {
        dispatch.close();
        promises.close();
        ledger.close();
    }

    /** So that the courier, which is posted to, has nothing to bring. */
    private static final class Nothing implements Outbox {
        @Override
        public Optional<byte[]> body(Parcel parcel) {
            return Optional.empty();
        }

        @Override
        public CompletableFuture<List<Parcel>> attempted(Parcel parcel, Attempt attempt) {
            throw new AssertionError(parcel);
        }

        @Override
        public List<String> receiversDue(Instant until) {
            return List.of();
        }

        @Override
        public List<Parcel> due(String receiver, Instant until, int most) {
            return List.of();
        }
    }
}
