package io.jenkins.plugins.promise.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import com.sun.net.httpserver.Headers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Receiver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class CallbackClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final InetAddress HERE = InetAddresses.forString("127.0.0.1");

    private final CallbackClient client =
            new CallbackClient(new CourierLimits(16, 2, Duration.ofSeconds(2), Duration.ofSeconds(10), 2_048));
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final List<Headers> seen = Collections.synchronizedList(new ArrayList<>());
    private Receiver receiver;

    @Before
    public void listen() throws IOException {
        receiver = new Receiver();
        receiver.on("/seen", (exchange, count) -> {
            seen.add(exchange.getRequestHeaders());
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            exchange.sendResponseHeaders(200, -1);
        });
    }

    @After
    public void close() {
        client.close();
        receiver.close();
    }

    private CompletableFuture<Answer> post(String url, Duration within) {
        return client.post(URI.create(url), HERE, Map.of("webhook-id", "msg_1"), BODY, within);
    }

    private Answer answer(String url) throws Exception {
        return post(url, PATIENCE).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    public void theHostIsTheNameAndTheAddressIsTheOneGiven() throws Exception {
        assertThat(answer("http://Name.Example.:" + receiver.port() + "/seen?a=b%20c")
                        .status())
                .isEqualTo(200);

        assertThat(receiver.await(1, PATIENCE).get(0).path()).isEqualTo("/seen?a=b%20c");
        Headers headers = seen.get(0);
        assertThat(headers.getFirst("Host")).isEqualTo("name.example:" + receiver.port());
        assertThat(headers.getFirst("Content-type")).isEqualTo("application/json");
        assertThat(headers.getFirst("User-agent")).isEqualTo("promise-jobs");
        assertThat(headers.getFirst("Webhook-id")).isEqualTo("msg_1");
        assertThat(headers.getFirst("Content-length")).isEqualTo("2");
        assertThat(headers.keySet()).doesNotContain("Accept-encoding", "Expect", "Upgrade", "Transfer-encoding");
    }

    @Test
    public void thereIsNoProxyCookieRedirectOrRetryByAccident() throws Exception {
        receiver.on("/redirect", (exchange, count) -> {
            exchange.getResponseHeaders().add("Location", "/ok");
            exchange.sendResponseHeaders(307, -1);
        });
        receiver.on("/busy", (exchange, count) -> {
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(503, -1);
        });
        receiver.on("/secret", (exchange, count) -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(401, -1);
        });
        receiver.on("/reset", (exchange, count) -> {
            throw new IOException("closed without an answer");
        });
        ProxySelector before = ProxySelector.getDefault();
        List<URI> proxied = Collections.synchronizedList(new ArrayList<>());
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                proxied.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException problem) {}
        });
        System.setProperty("http.proxyHost", "127.0.0.9");
        try (CallbackClient fresh = new CallbackClient(CourierLimits.DEFAULT)) {
            URI url = URI.create("http://name.example:" + receiver.port() + "/seen");
            for (int i = 0; i < 2; i++) {
                fresh.post(url, HERE, Map.of(), BODY, PATIENCE).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            System.clearProperty("http.proxyHost");
            ProxySelector.setDefault(before);
        }
        assertThat(proxied).isEmpty();
        assertThat(seen).hasSize(2).allMatch(h -> !h.containsKey("Cookie"));
        assertThat(answer(receiver.url("/redirect")).status()).isEqualTo(307);
        assertThat(answer(receiver.url("/busy"))).isEqualTo(new Answer(503, "0", ""));
        assertThat(answer(receiver.url("/secret")).status()).isEqualTo(401);
        assertThatThrownBy(() -> answer(receiver.url("/reset"))).isNotNull();
        assertThat(receiver.requests("/ok")).isZero();
        for (String path : List.of("/redirect", "/busy", "/secret", "/reset")) {
            assertThat(receiver.requests(path)).as(path).isEqualTo(1);
        }
    }

    /** A server that answers each request with what is given, byte after byte, until the other side hangs up. */
    private ServerSocket dripping(String start, String drop) throws IOException {
        ServerSocket server = new ServerSocket(0, 5, HERE);
        Thread thread = new Thread(
                () -> {
                    try (Socket socket = server.accept()) {
                        socket.getInputStream().read(new byte[2_000]);
                        OutputStream out = socket.getOutputStream();
                        out.write(start.getBytes(StandardCharsets.US_ASCII));
                        while (true) {
                            out.write(drop.getBytes(StandardCharsets.US_ASCII));
                            out.flush();
                            if (hungUp.await(20, TimeUnit.MILLISECONDS)) {
                                return;
                            }
                        }
                    } catch (IOException e) {
                        hungUp.countDown();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "dripping");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void hangsUp() throws Exception {
        assertThat(hungUp.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the connection is closed")
                .isTrue();
        Eventually.until("none is in use", PATIENCE, () -> client.connections().getLeased() == 0);
        assertThat(client.connections().getAvailable()).isZero();
    }

    @Test
    public void aHeadThatNeverEndsIsHungUpOn() throws Exception {
        try (ServerSocket server = dripping("HTTP/1.1 200 OK\r\nX-Slow: ", "x")) {
            assertThatThrownBy(() -> post("http://127.0.0.1:" + server.getLocalPort() + "/", Duration.ofMillis(300))
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TimeoutException.class);
            hangsUp();
        }
    }

    @Test
    public void aBodyThatNeverEndsHasAnsweredWithItsStatus() throws Exception {
        try (ServerSocket server = dripping("HTTP/1.1 202 Accepted\r\nContent-Length: 100000\r\n\r\n", "x")) {
            Answer answer = post("http://127.0.0.1:" + server.getLocalPort() + "/", Duration.ofMillis(300))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.text()).matches("x+");
            hangsUp();
        }
    }

    @Test
    public void aBodyIsReadUpToItsCap() throws Exception {
        try (ServerSocket server = dripping("HTTP/1.1 500 No\r\n\r\n", "x".repeat(1_500))) {
            Answer answer = answer("http://127.0.0.1:" + server.getLocalPort() + "/");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).hasSize(2_048);
            hangsUp();
        }
    }

    @Test
    public void aReceiverThatHangsOnAConnectionUsedBeforeIsHungUpOn() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        receiver.on("/hang", (exchange, count) -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        answer(receiver.url("/ok"));
        Eventually.until("it is kept", PATIENCE, () -> client.connections().getAvailable() == 1);

        assertThatThrownBy(() ->
                        post(receiver.url("/hang"), Duration.ofMillis(300)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(TimeoutException.class);
        Eventually.until("none is in use", PATIENCE, () -> client.connections().getLeased() == 0);
        assertThat(client.connections().getAvailable()).isZero();
        released.countDown();
    }

    @Test
    public void rubbishIsNoAnswer() throws Exception {
        try (ServerSocket server = dripping("SSH-2.0-OpenSSH_9.2\r\n", "\r\n")) {
            assertThatThrownBy(() -> answer("http://127.0.0.1:" + server.getLocalPort() + "/"))
                    .isNotNull();
            hangsUp();
        }
    }
}
