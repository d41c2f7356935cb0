package io.jenkins.plugins.promise.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class EndpointGuardTest {
    private static final Map<String, String[]> NAMES = Map.of(
            "good.example", new String[] {"93.184.216.34"},
            "inside.example", new String[] {"10.1.2.3"},
            "rebinding.example", new String[] {"93.184.216.34", "127.0.0.1"},
            "metadata.example", new String[] {"169.254.169.254"},
            "localhost", new String[] {"127.0.0.1"});

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        if (host.matches("[0-9.]+") || host.contains(":")) {
            return InetAddress.getAllByName(host);
        }
        String[] addresses = NAMES.get(host);
        if (addresses == null) {
            throw new UnknownHostException(host);
        }
        InetAddress[] found = new InetAddress[addresses.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
        }
        return found;
    }

    private static EndpointGuard guard(List<String> schemes, List<String> hosts, boolean loopback) {
        return new EndpointGuard(new ReceiverPolicy(schemes, hosts, loopback), EndpointGuardTest::resolve);
    }

    private static String refusal(EndpointGuard guard, String url) {
        return guard.refusal(URI.create(url)).orElse("");
    }

    private final EndpointGuard standard = guard(List.of("https", "http"), List.of(), false);

    @Test
    public void allowsTheWorldAndTheCompany() {
        assertThat(refusal(standard, "https://good.example/x")).isEmpty();
        assertThat(refusal(standard, "http://inside.example:8080/x")).isEmpty();
        assertThat(refusal(standard, "https://93.184.216.34/")).isEmpty();
        assertThat(refusal(standard, "https://[2606:2800:220:1::1]/")).isEmpty();
    }

    @Test
    public void waitsForNamesThatCannotBeResolvedNow() {
        assertThat(refusal(standard, "https://later.example/")).isEmpty();
    }

    @Test
    public void refusesThisMachineInEveryNotation() {
        for (String host : List.of(
                "127.0.0.1",
                "127.255.0.3",
                "localhost",
                "LOCALHOST",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "0.0.0.0",
                "0.1.2.3",
                "[::]",
                "rebinding.example")) {
            assertThat(refusal(standard, "http://" + host + "/")).as(host).isNotEmpty();
        }
    }

    @Test
    public void refusesNumbersThatResolversReadDifferently() {
        for (String host :
                List.of("2130706433", "127.1", "0x7f.0.0.1", "0177.0.0.1", "0x7f000001", "127.0.0.1.", "1.2.3")) {
            assertThat(refusal(standard, "http://" + host + "/")).as(host).isNotEmpty();
        }
        assertThat(refusal(standard, "http://2130706433/")).contains("four decimal numbers");
    }

    @Test
    public void refusesMetadataAndLinkLocal() {
        assertThat(refusal(standard, "http://169.254.169.254/latest")).contains("a link-local address");
        assertThat(refusal(standard, "http://metadata.example/"))
                .contains("leads to 169.254.169.254 (metadata.example)");
        assertThat(refusal(standard, "http://[fe80::1]/")).contains("link-local");
        assertThat(refusal(standard, "http://[fd00:ec2::254]/")).contains("instance metadata");
        assertThat(refusal(standard, "http://100.100.100.200/")).contains("instance metadata");
        assertThat(refusal(standard, "http://224.0.0.1/")).contains("multicast");
        assertThat(refusal(standard, "http://255.255.255.255/")).contains("broadcast");
    }

    @Test
    public void allowsWhatAnAdministratorNames() {
        EndpointGuard guard = guard(List.of("https"), List.of("localhost", "*.example"), false);

        assertThat(refusal(guard, "https://localhost:9/")).isEmpty();
        assertThat(refusal(guard, "https://good.example/")).isEmpty();
        assertThat(refusal(guard, "https://metadata.example/")).contains("link-local");
        assertThat(refusal(guard, "https://example/")).contains("not among the allowed receivers");
        assertThat(refusal(guard, "https://evil.com/")).contains("not among the allowed receivers");
        assertThat(refusal(guard, "http://good.example/")).isEqualTo("must begin with https, not http");
    }

    @Test
    public void allowsLoopbackOnALaptopAndNothingElseOfIt() {
        EndpointGuard guard = guard(List.of("http"), List.of(), true);

        assertThat(refusal(guard, "http://127.0.0.1:8080/")).isEmpty();
        assertThat(refusal(guard, "http://localhost/")).isEmpty();
        assertThat(refusal(guard, "http://[::1]/")).isEmpty();
        assertThat(refusal(guard, "http://169.254.169.254/")).contains("link-local");
    }
}
