package io.jenkins.plugins.promise.callback;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings parcels to their receivers. Each receiver (scheme, host and port) has a lane of its own with a bound on the
 * requests under way, so that a slow or dead one holds up nobody else; a lane that fails is narrowed until the receiver
 * takes something again. All requests are asynchronous: a receiver that hangs costs a socket and no thread.
 */
public final class Courier implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Courier.class.getName());
    private static final int FAILURES_TO_NARROW = 3;

    private final Outbox outbox;
    private final EndpointGuard guard;
    private final Signer signer;
    private final CourierLimits limits;
    private final Supplier<RetrySchedule> schedule;
    private final Clock clock;
    private final HttpClient http;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /** A courier that starts with nothing to bring. */
    public Courier(
            Outbox outbox,
            EndpointGuard guard,
            Signer signer,
            CourierLimits limits,
            Supplier<RetrySchedule> schedule,
            Clock clock) {
        this.outbox = outbox;
        this.guard = guard;
        this.signer = signer;
        this.limits = limits;
        this.schedule = schedule;
        this.clock = clock;
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "promise-courier");
            thread.setDaemon(true);
            return thread;
        };
        // Not a fixed pool: a name server that does not answer for one receiver must not take the threads of the
        // others.
        // The lanes bound how many are wanted at once.
        workers = Executors.newCachedThreadPool(threads);
        timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .executor(workers)
                .build();
    }

    /** Takes a parcel, to be brought when its delivery is due. */
    public void post(Parcel parcel) {
        Instant due = parcel.delivery().next();
        long millis = due == null ? 0 : Duration.between(clock.instant(), due).toMillis();
        if (millis <= 0) {
            enqueue(parcel);
        } else {
            later(() -> enqueue(parcel), millis);
        }
    }

    /** Ends all requests under way; what had not arrived by then stays in the outbox. */
    @Override
    public void close() {
        synchronized (lanes) {
            closed = true;
        }
        timer.shutdownNow();
        workers.shutdownNow();
    }

    private void later(Runnable task, long millis) {
        try {
            var unused = timer.schedule(task, Math.max(1, millis), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "the courier is closed; the outbox keeps what it had", e);
        }
    }

    private void enqueue(Parcel parcel) {
        Lane lane;
        synchronized (lanes) {
            lane = lanes.computeIfAbsent(parcel.delivery().receiver(), r -> new Lane());
            lane.ready.add(parcel);
        }
        pump(lane);
    }

    private void pump(Lane lane) {
        List<Parcel> go = new ArrayList<>();
        synchronized (lanes) {
            if (closed) {
                return;
            }
            long pause = lane.pausedUntil == null
                    ? 0
                    : Duration.between(clock.instant(), lane.pausedUntil).toMillis();
            if (pause > 0) {
                if (!lane.waking) {
                    lane.waking = true;
                    later(
                            () -> {
                                synchronized (lanes) {
                                    lane.waking = false;
                                }
                                pump(lane);
                            },
                            pause);
                }
                return;
            }
            int width = lane.failures >= FAILURES_TO_NARROW ? limits.perFailingReceiver() : limits.perReceiver();
            while (lane.underWay < width && !lane.ready.isEmpty()) {
                lane.underWay++;
                go.add(lane.ready.poll());
            }
        }
        for (Parcel parcel : go) {
            try {
                workers.execute(() -> bring(lane, parcel));
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "the courier is closed; the outbox keeps what it had", e);
            }
        }
    }

    private void bring(Lane lane, Parcel parcel) {
        String id = parcel.delivery().webhookId();
        if (!underWay.add(id)) {
            passOver(lane);
            return;
        }
        Instant began = clock.instant();
        long start = System.nanoTime();
        Optional<byte[]> current;
        try {
            current = outbox.body(parcel);
        } catch (IOException | RuntimeException e) {
            done(lane, parcel, new Attempt(began, 0, null, "the report cannot be read: " + e, null));
            return;
        }
        if (current.isEmpty()) {
            underWay.remove(id);
            passOver(lane);
            return;
        }
        byte[] body = current.get();
        URI url = parcel.delivery().url();
        Optional<String> refusal = guard.refusal(url);
        if (refusal.isPresent()) {
            done(lane, parcel, new Attempt(began, 0, null, "the URL " + refusal.get(), null));
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(limits.total())
                .header("content-type", "application/json")
                .header("user-agent", "promise-jobs")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(began.getEpochSecond()))
                .header("webhook-signature", signer.sign(id, began, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        CappedAnswer answer = new CappedAnswer(limits.answerBytes());
        CompletableFuture<HttpResponse<String>> sent = http.sendAsync(request, answer);
        // The request's own timeout ends with the answer's head; this one is for the body too.
        var unused = sent.copy()
                .orTimeout(limits.total().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, problem) -> {
                    sent.cancel(true);
                    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                    Attempt attempt = attempt(began, millis, answer, response, problem);
                    try {
                        workers.execute(() -> done(lane, parcel, attempt));
                    } catch (RejectedExecutionException e) {
                        LOGGER.log(Level.FINE, "the courier is closed; the outbox keeps what it had", e);
                    }
                });
    }

    /** Out of date, or the same is under way already and what becomes of that decides. */
    private void passOver(Lane lane) {
        synchronized (lanes) {
            lane.underWay--;
        }
        pump(lane);
    }

    private Attempt attempt(
            Instant began, long millis, CappedAnswer answer, HttpResponse<String> response, Throwable problem) {
        Integer status = answer.status();
        if (status == null) {
            return new Attempt(began, millis, null, told(problem), null);
        }
        if (status / 100 == 2) {
            return new Attempt(began, millis, status, null, null);
        }
        String text = response == null ? "" : response.body().strip();
        String told = status / 100 == 3
                ? "redirects are not followed"
                : text.isEmpty() ? "HTTP status " + status : text.substring(0, Math.min(200, text.length()));
        return new Attempt(began, millis, status, told, retryAfter(answer.retryAfter()));
    }

    private String told(Throwable problem) {
        Throwable cause = problem;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "no connection within " + limits.connect().toSeconds() + " s";
        }
        if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
            return "no answer within " + limits.total().toSeconds() + " s";
        }
        if (cause instanceof ConnectException && cause.getCause() instanceof UnresolvedAddressException) {
            return "the host's name cannot be resolved";
        }
        if (cause instanceof ConnectException) {
            return "connection refused";
        }
        return cause == null ? "no answer" : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    /** {@code Retry-After} as RFC 9110 has it, in seconds or as a date, but no longer than the longest delay. */
    private Duration retryAfter(String header) {
        if (header == null) {
            return null;
        }
        Duration asked;
        if (header.matches("[0-9]{1,9}")) {
            asked = Duration.ofSeconds(Long.parseLong(header));
        } else {
            try {
                asked = Duration.between(
                        clock.instant(),
                        ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            } catch (DateTimeException e) {
                return null;
            }
        }
        Duration longest =
                schedule.get().delays().stream().max(Duration::compareTo).orElseThrow();
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(longest) > 0 ? longest : asked;
    }

    private void done(Lane lane, Parcel parcel, Attempt attempt) {
        List<Parcel> next = List.of();
        try {
            next = outbox.attempted(parcel, attempt);
        } catch (RuntimeException e) {
            // The outbox still has the parcel; it is brought again after the next start at the latest.
            LOGGER.log(Level.SEVERE, "an attempt at " + parcel.delivery().webhookId() + " was not noted", e);
        } finally {
            underWay.remove(parcel.delivery().webhookId());
            synchronized (lanes) {
                lane.underWay--;
                lane.failures = attempt.status() != null && attempt.status() < 500 && !attempt.throttled()
                        ? 0
                        : lane.failures + 1;
                if (attempt.throttled()) {
                    lane.pausedUntil = clock.instant().plus(attempt.retryAfter());
                }
                if (lane.underWay == 0 && lane.ready.isEmpty() && lane.failures == 0) {
                    lanes.remove(parcel.delivery().receiver(), lane);
                }
            }
        }
        next.forEach(this::post);
        pump(lane);
    }

    private static final class Lane {
        private final Deque<Parcel> ready = new ArrayDeque<>();
        private int underWay;
        private int failures;
        private Instant pausedUntil;
        private boolean waking;
    }
}
