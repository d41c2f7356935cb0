package io.jenkins.plugins.promise.callback;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one request to one address. It looks up no name, and knows no proxy, redirect, cookie, log-in or retry: what comes
 * of a request is told as it is. All requests share a few threads, and connections that wait for a next request are
 * bounded in number and time.
 */
final class CallbackClient implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(CallbackClient.class.getName());
    private static final int MAX_THREADS = 4;

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
        Future<Void> exchange = engine().client
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
        return engine().connections.getTotalStats();
    }

    /** Closes connections that nobody has used for a while. */
    void closeIdle() {
        engine().connections.closeIdle(TimeValue.of(limits.idle()));
    }

    /** An error on one of the engine's threads ends it for good, so a new one takes its place. */
    private synchronized Engine engine() {
        if (!closed && !engine.works()) {
            engine.close();
            engine = new Engine(limits, tls);
        }
        return engine;
    }

    @Override
    public synchronized void close() {
        closed = true;
        engine.close();
    }

    /** Apache's client and its connections. */
    private static final class Engine {
        private static final String EXCHANGE = "promise-jobs.exchange";

        private final PoolingAsyncClientConnectionManager connections;
        private final CloseableHttpAsyncClient client;
        private volatile boolean broken;

        Engine(CourierLimits limits, SSLContext tls) {
            Timeout total = Timeout.of(limits.total());
            Timeout connect = Timeout.of(limits.connect());
            connections = PoolingAsyncClientConnectionManagerBuilder.create()
                    .setTlsStrategy(
                            ClientTlsStrategyBuilder.create().setSslContext(tls).buildAsync())
                    .setDnsResolver(new NoLookUps())
                    .setMaxConnTotal(limits.connections())
                    .setMaxConnPerRoute(limits.perReceiver())
                    .setDefaultConnectionConfig(ConnectionConfig.custom()
                            .setConnectTimeout(connect)
                            .setSocketTimeout(total)
                            .build())
                    .setDefaultTlsConfig(TlsConfig.custom()
                            .setHandshakeTimeout(connect)
                            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                            .build())
                    .build();
            client = HttpAsyncClients.custom()
                    .setConnectionManager(connections)
                    .setIOReactorConfig(IOReactorConfig.custom()
                            .setIoThreadCount(
                                    Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()))
                            .setSoTimeout(total)
                            .build())
                    .setThreadFactory(this::thread)
                    .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
                    .setDefaultRequestConfig(RequestConfig.custom()
                            .setConnectionRequestTimeout(total)
                            .setResponseTimeout(total)
                            .setAuthenticationEnabled(false)
                            .setRedirectsEnabled(false)
                            .setExpectContinueEnabled(false)
                            .setProtocolUpgradeEnabled(false)
                            .build())
                    .setConnectionReuseStrategy((request, response, context) ->
                            connections.getTotalStats().getAvailable() < limits.idleConnections()
                                    && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context))
                    .setKeepAliveStrategy((response, context) -> TimeValue.of(limits.idle()))
                    .setUserAgent("promise-jobs")
                    .addExecInterceptorFirst("exchange", (message, body, scope, chain, callback) -> {
                        scope.clientContext.setAttribute(EXCHANGE, scope.execRuntime);
                        chain.proceed(message, body, scope, callback);
                    })
                    .disableRedirectHandling()
                    .disableAutomaticRetries()
                    .disableCookieManagement()
                    .disableAuthCaching()
                    .disableConnectionState()
                    .build();
            client.start();
        }

        /** Closes an exchange's connection at once; a cancelled one would be read on for as long as something comes. */
        static void disconnect(HttpClientContext context) {
            if (context.getAttribute(EXCHANGE) instanceof AsyncExecRuntime exchange) {
                exchange.discardEndpoint();
            }
        }

        private Thread thread(Runnable task) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            task.run();
                        } finally {
                            broken = true;
                        }
                    },
                    "promise-courier-io");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((t, problem) -> LOGGER.log(
                    Level.SEVERE, "a thread that brings reports has ended, and is replaced: {0}", problem.toString()));
            return thread;
        }

        /** Whether none of its threads has ended. */
        boolean works() {
            return !broken;
        }

        void close() {
            client.close(CloseMode.IMMEDIATE);
        }
    }

    /** Nothing gets here without an address. */
    private static final class NoLookUps implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("the address of " + host + " should be known");
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException("the address of " + host + " should be known");
        }
    }
}
