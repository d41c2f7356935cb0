package io.jenkins.plugins.promise.callback;

import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.address.NameResolver;
import io.jenkins.plugins.promise.callback.signature.Signer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** Brings one parcel once: what is sent, where it may go, the request, and what came of it. */
final class Carrier {
    private static final int TEXT_KEPT = 200;

    private final Outbox outbox;
    private final EndpointGuard guard;
    private final Signer signer;
    private final CourierLimits limits;
    private final Clock clock;
    private final NameResolver resolver;
    private final CallbackClient client;
    private final Executor workers;

    Carrier(
            Outbox outbox,
            EndpointGuard guard,
            Signer signer,
            CourierLimits limits,
            Clock clock,
            NameResolver resolver,
            CallbackClient client,
            Executor workers) {
        this.outbox = outbox;
        this.guard = guard;
        this.signer = signer;
        this.limits = limits;
        this.clock = clock;
        this.resolver = resolver;
        this.client = client;
        this.workers = workers;
    }

    /**
     * Brings a parcel. Whatever goes wrong is an attempt that failed.
     *
     * @return comes with nothing if the parcel was out of date; never fails
     */
    CompletableFuture<Optional<Attempt>> carry(Parcel parcel) {
        Instant began = clock.instant();
        long start = System.nanoTime();
        CompletableFuture<Optional<Answer>> answer;
        try {
            answer = send(parcel, began, start);
        } catch (Throwable e) {
            // Also an Error: it is this attempt's, and must end nothing else.
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.handle((known, problem) -> {
            long millis = millisSince(start);
            return problem != null
                    ? Optional.of(new Attempt(began, millis, null, told(problem), null))
                    : known.map(a -> attempt(began, millis, a));
        });
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private CompletableFuture<Optional<Answer>> send(Parcel parcel, Instant began, long start) throws Refusal {
        Optional<byte[]> body;
        try {
            body = outbox.body(parcel);
        } catch (IOException e) {
            throw new Refusal("the report cannot be read: " + message(e));
        }
        if (body.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        URI url = parcel.delivery().url();
        Optional<String> refusal = guard.refusal(url);
        if (refusal.isPresent()) {
            throw new Refusal("the URL " + refusal.get());
        }
        Optional<InetAddress> literal = EndpointGuard.literal(url);
        if (literal.isPresent()) {
            return request(parcel, began, start, body.get(), List.of(literal.get()));
        }
        return resolver.resolve(EndpointGuard.host(url))
                .exceptionallyCompose(problem -> CompletableFuture.failedFuture(unresolved(cause(problem))))
                .thenComposeAsync(found -> request(parcel, began, start, body.get(), found), workers);
    }

    private CompletableFuture<Optional<Answer>> request(
            Parcel parcel, Instant began, long start, byte[] body, List<InetAddress> addresses) {
        URI url = parcel.delivery().url();
        if (addresses.isEmpty()) {
            return CompletableFuture.failedFuture(new Refusal("the host's name has no address"));
        }
        List<InetAddress> allowed = guard.allowed(url, addresses);
        if (allowed.isEmpty()) {
            String why = guard.refusal(url, addresses.get(0)).orElse("may not be called");
            return CompletableFuture.failedFuture(new Refusal("the URL " + why));
        }
        String id = parcel.delivery().webhookId();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(began.getEpochSecond()));
        headers.put("webhook-signature", signer.sign(id, began, body));
        return post(url, allowed, headers, body, start).thenApply(Optional::of);
    }

    /** Posts to the first address that can be connected to: nothing was sent to those before it. */
    private CompletableFuture<Answer> post(
            URI url, List<InetAddress> addresses, Map<String, String> headers, byte[] body, long start) {
        Duration left = limits.total().minusMillis(millisSince(start));
        CompletableFuture<Answer> answer = client.post(url, addresses.get(0), headers, body, left);
        if (addresses.size() == 1) {
            return answer;
        }
        return answer.exceptionallyCompose(problem -> unconnected(cause(problem))
                ? post(url, addresses.subList(1, addresses.size()), headers, body, start)
                : CompletableFuture.failedFuture(problem));
    }

    private Throwable unresolved(Throwable problem) {
        if (problem instanceof TimeoutException) {
            return new Refusal("the host's name was not resolved within "
                    + limits.connect().toSeconds() + " s");
        }
        return problem instanceof UnknownHostException ? new Refusal("the host's name cannot be resolved") : problem;
    }

    private static boolean unconnected(Throwable problem) {
        return problem instanceof ConnectException
                || problem instanceof ConnectTimeoutException
                || problem instanceof NoRouteToHostException;
    }

    private Attempt attempt(Instant began, long millis, Answer answer) {
        int status = answer.status();
        if (status / 100 == 2) {
            return new Attempt(began, millis, status, null, null);
        }
        String text = answer.text().strip();
        String told = status / 100 == 3
                ? "redirects are not followed"
                : text.isEmpty() ? "HTTP status " + status : text.substring(0, Math.min(TEXT_KEPT, text.length()));
        return new Attempt(began, millis, status, told, RetryAfter.parse(answer.retryAfter(), clock.instant()));
    }

    private String told(Throwable problem) {
        Throwable cause = cause(problem);
        if (cause instanceof Refusal) {
            return cause.getMessage();
        }
        if (cause instanceof ConnectTimeoutException) {
            return "no connection within " + limits.connect().toSeconds() + " s";
        }
        if (cause instanceof ConnectException && message(cause).contains("refused")) {
            return "connection refused";
        }
        if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
            return "no answer within " + limits.total().toSeconds() + " s";
        }
        return message(cause);
    }

    private static Throwable cause(Throwable problem) {
        Throwable cause = problem;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String message(Throwable problem) {
        return problem.getMessage() == null ? problem.toString() : problem.getMessage();
    }

    /** What is not sent, and why. */
    private static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;

        private Refusal(String message) {
            super(message, null);
        }
    }
}
