package io.jenkins.plugins.promise.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Over TLS it is the name that is asked for and must be proven, though the address was given. */
public class TlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final InetAddress HERE = InetAddresses.forString("127.0.0.1");
    private static final char[] PASSWORD = "changeit".toCharArray();

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static KeyStore store;

    private final ConcurrentLinkedQueue<String> names = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpsServer server;

    @Before
    public void listen() throws Exception {
        if (store == null) {
            store = keys();
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(HERE, 0), 50);
        // A handshake that never ends must not stop those after it.
        server.setExecutor(threads);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            try (exchange) {
                ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
                session.getRequestedServerNames().forEach(n -> names.add(((SNIHostName) n).getAsciiName()));
                names.add(exchange.getRequestHeaders().getFirst("Host"));
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    private static KeyStore keys() throws Exception {
        Path file = FOLDER.getRoot().toPath().resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "receiver",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=receiver",
                        "-ext",
                        "san=dns:receiver.example",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(told).isZero();
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            loaded.load(in, PASSWORD);
        }
        return loaded;
    }

    @After
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static X509TrustManager trusted() throws Exception {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("receiver", store.getCertificate("receiver"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        return (X509TrustManager) trust.getTrustManagers()[0];
    }

    private static CallbackClient client(TrustManager trust) throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {trust}, null);
        return new CallbackClient(new CourierLimits(16, 2, Duration.ofSeconds(2), Duration.ofSeconds(10), 2_048), tls);
    }

    private Answer post(CallbackClient client, String host, Duration within) throws Exception {
        URI url = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
        return client.post(url, HERE, Map.of(), "{}".getBytes(StandardCharsets.UTF_8), within)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    public void theNameIsAskedForAndMustBeProven() throws Exception {
        try (CallbackClient client = client(trusted())) {
            assertThat(post(client, "receiver.example", PATIENCE).status()).isEqualTo(200);
            assertThat(names)
                    .containsExactly(
                            "receiver.example",
                            "receiver.example:" + server.getAddress().getPort());
            assertThat(post(client, "Receiver.Example.", PATIENCE).status()).isEqualTo(200);

            assertThatThrownBy(() -> post(client, "other.example", PATIENCE)).hasMessageContaining("other.example");
            assertThatThrownBy(() -> post(client, "127.0.0.1", PATIENCE)).isNotNull();
        }
        try (CallbackClient stranger = new CallbackClient(CourierLimits.DEFAULT)) {
            assertThatThrownBy(() -> post(stranger, "receiver.example", PATIENCE))
                    .hasMessageContaining("unable to find valid certification path");
        }
    }

    @Test
    public void anErrorThatEndsAThreadOfTheClientEndsNoDeliveries() throws Exception {
        Logger logger = Logger.getLogger(Engine.class.getName());
        logger.setLevel(Level.OFF);
        AtomicInteger asked = new AtomicInteger();
        X509TrustManager good = trusted();
        X509TrustManager once = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type)
                    throws java.security.cert.CertificateException {
                if (asked.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("just now");
                }
                good.checkServerTrusted(chain, type);
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return good.getAcceptedIssuers();
            }
        };
        try (CallbackClient client = client(once)) {
            assertThatThrownBy(() -> post(client, "receiver.example", Duration.ofMillis(500)))
                    .isNotNull();
            int failed = 0;
            for (int i = 0; i < 30; i++) {
                try {
                    assertThat(post(client, "receiver.example", PATIENCE).status())
                            .isEqualTo(200);
                } catch (ExecutionException e) {
                    failed++;
                }
            }
            assertThat(failed).as("one that finds the thread gone").isLessThanOrEqualTo(1);
        } finally {
            logger.setLevel(null);
        }
        Eventually.until(
                "no connection is still being closed", PATIENCE, () -> closing().isEmpty());
    }

    /** A thread that closes a connection without end takes a processor from all others. */
    private static List<String> closing() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> e.getKey().getName().equals("promise-courier-io"))
                .filter(e -> Arrays.stream(e.getValue())
                        .anyMatch(f -> f.getClassName().endsWith(".SSLIOSession")))
                .map(e -> Arrays.toString(e.getValue()))
                .toList();
    }
}
