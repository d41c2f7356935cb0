package io.jenkins.plugins.promise.callback;

import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import java.net.InetAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;

/**
 * Sends one request to one address. It looks up no name, and knows no proxy, redirect, cookie, log-in or retry: what comes
 * of a request is told as it is. All requests share a few threads, and connections that wait for a next request are
 * bounded in number and time.
 */
final class CallbackClient implements AutoCloseable {
    private final CourierLimits limits;
    private final SSLContext tls;
    private Engine engine;
    private boolean closed;

    CallbackClient(CourierLimits limits) {
        this(limits, platform());
    }

    /** A client that trusts what this context trusts. */
    CallbackClient(CourierLimits limits, SSLContext tls) {
        this.limits = limits;
        this.tls = tls;
        engine = new Engine(limits, tls);
    }

    private static SSLContext platform() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no TLS: " + e.getMessage(), e);
        }
    }

    /**
     * Posts JSON.
     *
     * @param url of http or https
     * @param address where its host is
     * @param within how long it may take, the answer's body included
     * @return fails with what kept the answer away
     */
    CompletableFuture<Answer> post(
            URI url, InetAddress address, Map<String, String> headers, byte[] body, Duration within) {
        String host = EndpointGuard.host(url);
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        HttpHost target = new HttpHost(url.getScheme(), address, host, url.getPort());
        BasicHttpRequest request = new BasicHttpRequest(
                Method.POST, target, url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
        request.setAuthority(new URIAuthority(host, url.getPort()));
        headers.forEach(request::addHeader);
        CappedAnswer answer = new CappedAnswer(limits.answerBytes());
        HttpClientContext context = HttpClientContext.create();
        Engine used = engine();
        Future<Void> exchange = used.client()
                .execute(
                        target,
                        new BasicRequestProducer(
                                request,
                                new BasicAsyncEntityProducer(
                                        body, ContentType.create(ContentType.APPLICATION_JSON.getMimeType()))),
                        answer,
                        null,
                        context,
                        new FutureCallback<>() {
                            @Override
                            public void completed(Void result) {
                                // The answer knows.
                            }

                            @Override
                            public void failed(Exception cause) {
                                used.failed(cause);
                                answer.end(cause);
                            }

                            @Override
                            public void cancelled() {
                                answer.end(new CancellationException("the request was cancelled"));
                            }
                        });
        return answer.answer()
                .copy()
                .orTimeout(Math.max(1, within.toMillis()), TimeUnit.MILLISECONDS)
                .handle((whole, problem) -> {
                    if (problem instanceof TimeoutException) {
                        // Whose status is here has answered, though its body has not come to an end.
                        answer.end(problem);
                    }
                    if (!answer.ended()) {
                        exchange.cancel(true);
                        Engine.disconnect(context);
                    }
                    return answer;
                })
                .thenCompose(CappedAnswer::answer);
    }

    /** The connections that there are. */
    PoolStats connections() {
        return engine().connections().getTotalStats();
    }

    /** Closes connections that nobody has used for a while. */
    void closeIdle() {
        engine().connections().closeIdle(TimeValue.of(limits.idle()));
    }

    /** An error on one of the engine's threads ends it for good, so a new one takes its place. */
    private synchronized Engine engine() {
        if (!closed && !engine.works()) {
            // Closing waits for the thread that is gone.
            var unused = CompletableFuture.runAsync(engine::close);
            engine = new Engine(limits, tls);
        }
        return engine;
    }

    @Override
    public synchronized void close() {
        closed = true;
        engine.close();
    }
}
