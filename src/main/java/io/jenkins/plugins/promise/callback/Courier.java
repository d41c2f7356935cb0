package io.jenkins.plugins.promise.callback;

import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.address.NameResolver;
import io.jenkins.plugins.promise.callback.signature.Signer;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings parcels to their receivers. Each receiver (scheme, host and port) has a lane of its own with a bound on the
 * requests under way, so that a slow or dead one holds up nobody else; a lane that fails is narrowed until the receiver
 * takes something again. All requests are asynchronous: a receiver that hangs costs a socket and no thread. What waits is
 * in the outbox; only what is due soon is in memory, and not more than a bounded part of it.
 */
public final class Courier implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Courier.class.getName());
    private static final int WORKERS = 4;
    /** After so many polls a delivery whose attempt could not be noted is brought again. */
    private static final int POLLS_TO_NOTE_AGAIN = 10;

    private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);

    private final Outbox outbox;
    private final CourierLimits limits;
    private final Clock clock;
    private final Lanes lanes;
    private final NameResolver resolver;
    private final CallbackClient client;
    private final Carrier carrier;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean polling = new AtomicBoolean();
    private Instant complained = Instant.MIN;

    /** A courier that brings what is posted, and looks into its outbox once it is started. */
    public Courier(Outbox outbox, EndpointGuard guard, Signer signer, CourierLimits limits, Clock clock) {
        this(outbox, guard, signer, limits, clock, InetAddress::getAllByName);
    }

    /** A courier that finds addresses in a way of its own. */
    public Courier(
            Outbox outbox,
            EndpointGuard guard,
            Signer signer,
            CourierLimits limits,
            Clock clock,
            NameResolver.LookUp lookUp) {
        this.outbox = outbox;
        this.limits = limits;
        this.clock = clock;
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "promise-courier");
            thread.setDaemon(true);
            return thread;
        };
        workers = Executors.newFixedThreadPool(WORKERS, threads);
        timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
        lanes = new Lanes(limits);
        resolver = new NameResolver(lookUp, limits.connect());
        client = new CallbackClient(limits);
        carrier = new Carrier(outbox, guard, signer, limits, clock, resolver, client, workers);
    }

    /** From now on, brings what waits in the outbox too. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            work(this::poll);
            long millis = limits.poll().toMillis();
            var unused = timer.scheduleWithFixedDelay(() -> work(this::poll), millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Takes a parcel, to be brought when its delivery is due. What is due later than the outbox is asked again is not
     * kept: it is found there when it is time.
     */
    public void post(Parcel parcel) {
        Instant now = clock.instant();
        Instant due = parcel.delivery().next() == null ? now : parcel.delivery().next();
        if (!due.isAfter(now.plus(limits.poll()))) {
            lanes.post(parcel, due);
            pump(parcel.delivery().receiver());
        }
    }

    /** Ends all requests under way; what had not arrived by then stays in the outbox. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
        resolver.close();
        client.close();
    }

    /** Looks who has something waiting, and forgets who has not. */
    void poll() {
        if (!polling.compareAndSet(false, true)) {
            return;
        }
        try {
            lanes.tidy(clock.instant());
            client.closeIdle();
            outbox.receiversDue(clock.instant().plus(limits.poll())).forEach(lanes::expectMore);
        } catch (Throwable e) {
            complain("the outbox cannot be read", e);
        } finally {
            polling.set(false);
        }
        lanes.receivers().forEach(this::pump);
    }

    private void pull(String receiver, int most) {
        List<Parcel> found = List.of();
        try {
            found = outbox.due(receiver, clock.instant().plus(limits.poll()), most);
        } catch (Throwable e) {
            complain("what waits for " + receiver + " cannot be read", e);
        } finally {
            lanes.pulled(receiver, found, most, clock.instant());
        }
        pump(receiver);
    }

    /** Sends what may be sent to a receiver now, asks for more where there is room, and sees to it that this is done again. */
    private void pump(String receiver) {
        for (Parcel parcel : lanes.take(receiver, clock.instant())) {
            work(() -> bring(parcel));
        }
        int most = lanes.pull(receiver);
        if (most > 0) {
            work(() -> pull(receiver, most));
        }
        Instant now = clock.instant();
        lanes.wake(receiver, now)
                .ifPresent(then -> later(receiver, Duration.between(now, then).toMillis()));
    }

    private void later(String receiver, long millis) {
        try {
            var unused = timer.schedule(
                    () -> {
                        lanes.woken(receiver);
                        pump(receiver);
                    },
                    Math.max(1, millis),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "the courier is closed; the outbox keeps what it had", e);
        }
    }

    private void work(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "the courier is closed; the outbox keeps what it had", e);
        }
    }

    private void bring(Parcel parcel) {
        CompletableFuture<Optional<Attempt>> brought = carrier.carry(parcel);
        if (brought.isDone()) {
            brought(parcel, brought.join());
        } else {
            var unused = brought.thenAccept(attempt -> work(() -> brought(parcel, attempt)));
        }
    }

    private void brought(Parcel parcel, Optional<Attempt> attempt) {
        if (attempt.isEmpty()) {
            lanes.passedOver(parcel, clock.instant());
        } else {
            lanes.sent(parcel, attempt.get(), clock.instant());
            CompletableFuture<List<Parcel>> noted;
            try {
                noted = outbox.attempted(parcel, attempt.get());
            } catch (Throwable e) {
                noted = CompletableFuture.failedFuture(e);
            }
            if (noted.isDone()) {
                var unused = noted.whenComplete((next, problem) -> noted(parcel, next, problem));
            } else {
                var unused = noted.whenComplete((next, problem) -> work(() -> noted(parcel, next, problem)));
            }
        }
        pump(parcel.delivery().receiver());
    }

    private void noted(Parcel parcel, List<Parcel> next, Throwable problem) {
        List<String> freed = lanes.noted(parcel, clock.instant());
        if (problem == null) {
            next.forEach(this::post);
        } else {
            complain("an attempt at " + parcel.delivery().webhookId() + " was not noted, and is made again", problem);
            Duration pause = limits.poll().multipliedBy(POLLS_TO_NOTE_AGAIN);
            lanes.post(parcel, clock.instant().plus(pause));
        }
        pump(parcel.delivery().receiver());
        freed.forEach(this::pump);
    }

    /** Tells the operator, once a minute: what fails is tried again and again. */
    private synchronized void complain(String what, Throwable problem) {
        Instant now = clock.instant();
        if (complained.plus(BETWEEN_COMPLAINTS).isAfter(now)) {
            return;
        }
        complained = now;
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        LOGGER.log(Level.SEVERE, "{0}: {1}", new Object[] {what, cause.toString()});
    }

    /** How many receivers have a lane. */
    int lanes() {
        return lanes.count();
    }

    /** How many connections are open, and how many of those wait for a next request. */
    CallbackClient client() {
        return client;
    }
}
