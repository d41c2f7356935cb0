package io.jenkins.plugins.promise.callback.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.DeliveryState;
import io.jenkins.plugins.promise.callback.MemoryOutbox;
import io.jenkins.plugins.promise.callback.TestClock;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Which of a name's addresses are connected to: 127.0.0.2 stands for an allowed one, and 127.0.0.1 for this machine. */
public class AddressChoiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ALLOWED = "127.0.0.2";
    private static final String MACHINE = "127.0.0.1";

    private final AtomicInteger outside = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final TestClock clock = new TestClock();
    private final MemoryOutbox outbox = new MemoryOutbox(clock);
    private HttpServer allowed;
    private HttpServer machine;
    private int port;
    private Courier courier;

    @Before
    public void listen() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        allowed = server(ALLOWED, outside);
        machine = server(MACHINE, inside);
    }

    private HttpServer server(String address, AtomicInteger requests) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 50);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                requests.incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }

    @After
    public void close() {
        courier.close();
        allowed.stop(0);
        machine.stop(0);
    }

    private void courier(NameResolver.LookUp lookUp) {
        ReceiverPolicy policy = new ReceiverPolicy(List.of("http"), List.of(ALLOWED + "/32", "127.0.0.3/32"), false);
        courier = new Courier(
                outbox,
                new EndpointGuard(policy),
                new Signer(List.of(SigningKey.generate())),
                new CourierLimits(16, 2, Duration.ofSeconds(2), Duration.ofSeconds(5), 2_048),
                clock,
                lookUp);
    }

    private static InetAddress[] addresses(String... addresses) {
        List<InetAddress> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(InetAddresses.forString(address));
        }
        return all.toArray(InetAddress[]::new);
    }

    private Delivery brought(String id) throws Exception {
        courier.post(outbox.ready(id, "http://name.example:" + port + "/x"));
        Eventually.until(id, PATIENCE, () -> outbox.delivery(id).tries() == 1);
        return outbox.delivery(id);
    }

    @Test
    public void aNameThatChangesBetweenLookUpsReachesOnlyWhatWasJudged() throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        courier(host -> addresses(lookUps.incrementAndGet() % 2 == 0 ? MACHINE : ALLOWED));
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            Delivery delivery = brought("p" + i);
            if (delivery.waiting()) {
                refused++;
                assertThat(delivery.attempts().get(0).problem())
                        .isEqualTo("the URL leads to 127.0.0.1 (name.example), a loopback address (127.0.0.0/8); an"
                                + " administrator can allow the host");
            }
        }

        assertThat(inside.get()).isZero();
        assertThat(outside.get()).isEqualTo(100);
        assertThat(refused).isEqualTo(100);
        assertThat(lookUps.get()).as("one look-up an attempt").isEqualTo(200);
    }

    @Test
    public void aMappedLoopbackAddressIsNotConnectedTo() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;
        courier(host -> new InetAddress[] {Inet6Address.getByAddress(host, mapped, -1)});

        assertThat(brought("p").attempts().get(0).problem()).contains("leads to 127.0.0.1", "a loopback address");
        assertThat(inside.get()).isZero();
    }

    @Test
    public void ofSeveralAddressesOnlyThoseAllowedAreCalled() throws Exception {
        courier(host -> addresses(MACHINE, "169.254.169.254", ALLOWED));

        assertThat(brought("p").state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(inside.get()).isZero();
        assertThat(outside.get()).isEqualTo(1);
    }

    @Test
    public void theNextAddressIsTriedWhereNobodyListens() throws Exception {
        courier(host -> addresses("127.0.0.3", ALLOWED));

        assertThat(brought("p").state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(outside.get()).isEqualTo(1);
    }

    @Test
    public void aNameThatIsUnknownOrHasNoAddressIsAFailedAttempt() throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        courier(host -> {
            if (lookUps.incrementAndGet() == 1) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[0];
        });

        assertThat(brought("p").attempts().get(0).problem()).isEqualTo("the host's name cannot be resolved");
        assertThat(brought("q").attempts().get(0).problem()).isEqualTo("the host's name has no address");
    }
}
