package io.jenkins.plugins.promise.callback;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Apache's client and its connections, set up so that nothing happens which was not asked for. */
final class Engine implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Engine.class.getName());
    private static final int MAX_THREADS = 4;
    private static final String EXCHANGE = "promise-jobs.exchange";

    private final PoolingAsyncClientConnectionManager connections;
    private final CloseableHttpAsyncClient client;
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    Engine(CourierLimits limits, SSLContext tls) {
        Timeout total = Timeout.of(limits.total());
        Timeout connect = Timeout.of(limits.connect());
        connections = PoolingAsyncClientConnectionManagerBuilder.create()
                .setTlsStrategy(ClientTlsStrategyBuilder.create()
                        .setSslContext(tls)
                        // Both are needed: 5.5 does not ask the TLS engine for it, and 5.6 takes any name where no
                        // verifier is given.
                        .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                        .setHostnameVerifier(new DefaultHostnameVerifier())
                        .buildAsync())
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
                .setThreadFactory(Engine::thread)
                .setIoReactorExceptionCallback(this::ended)
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
                // An answer is a few bytes that are shown to people, and read up to a limit.
                .disableContentCompression()
                .build();
        client.start();
    }

    /** Closes an exchange's connection at once; a cancelled one would be read on for as long as something comes. */
    static void disconnect(HttpClientContext context) {
        if (context.getAttribute(EXCHANGE) instanceof AsyncExecRuntime exchange) {
            exchange.discardEndpoint();
        }
    }

    CloseableHttpAsyncClient client() {
        return client;
    }

    PoolingAsyncClientConnectionManager connections() {
        return connections;
    }

    /** An exception that ends a thread; while it is closed, some are on their way that mean nothing. */
    private void ended(Exception problem) {
        if (!closed.get()) {
            tell(problem);
        }
    }

    private static void tell(Throwable problem) {
        LOGGER.log(Level.SEVERE, "a thread that brings reports has ended, and is replaced: {0}", problem.toString());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "promise-courier-io");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, problem) -> tell(problem));
        return thread;
    }

    /** Looks at what a request failed with: an error that ends one of the client's threads ends the client with it. */
    void failed(Exception problem) {
        if (problem instanceof IOReactorShutdownException) {
            broken.set(true);
        }
    }

    /** Whether it can send requests. */
    boolean works() {
        return !broken.get();
    }

    @Override
    public void close() {
        closed.set(true);
        client.close(CloseMode.IMMEDIATE);
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
