package io.jenkins.plugins.promise.callback.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.Test;

public class EndpointGuardTest {
    private static final List<String> BOTH = List.of("https", "http");
    private static final Set<InetAddress> OWN =
            Set.of(InetAddresses.forString("93.184.216.99"), InetAddresses.forString("10.9.9.9"));

    private static EndpointGuard guard(List<String> hosts, boolean loopback) {
        ReceiverPolicy policy = new ReceiverPolicy(BOTH, hosts, loopback);
        return new EndpointGuard(() -> policy, () -> OWN);
    }

    private final EndpointGuard standard = guard(List.of(), false);

    /** As a URL is judged when it is submitted. */
    private static String refusal(EndpointGuard guard, String url) {
        return guard.refusal(URI.create(url)).orElse("");
    }

    /** As an address that a name has is judged when it is about to be called. */
    private static String leadsTo(EndpointGuard guard, String host, InetAddress address) {
        return guard.refusal(URI.create("http://" + host + "/"), address).orElse("");
    }

    private static String leadsTo(EndpointGuard guard, String host, String address) {
        return leadsTo(guard, host, InetAddresses.forString(address));
    }

    private static String literal(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    @Test
    public void whatIsPublicIsAllowed() {
        for (String address : List.of(
                "93.184.216.34",
                "8.8.8.8",
                "172.15.255.255",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "192.0.1.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:2800:220:1::1",
                "2a00::1",
                "64:ff9b::808:808",
                "2002:808:808::1",
                "::ffff:0:808:808",
                "2001:200::1")) {
            assertThat(refusal(standard, "https://" + literal(address) + "/x"))
                    .as(address)
                    .isEmpty();
            assertThat(leadsTo(standard, "good.example", address)).as(address).isEmpty();
        }
    }

    @Test
    public void everyRangeThatIsNotPublicIsRefusedByItsName() {
        String[][] table = {
            {"0.0.0.0", "unspecified"},
            {"0.255.255.255", "unspecified"},
            {"10.0.0.0", "a private address (10.0.0.0/8)"},
            {"10.255.255.255", "a private address (10.0.0.0/8)"},
            {"100.64.0.0", "a carrier's translation (100.64.0.0/10)"},
            {"100.127.255.255", "a carrier's translation"},
            {"127.0.0.1", "a loopback address (127.0.0.0/8)"},
            {"127.255.255.255", "a loopback address"},
            {"169.254.0.1", "a link-local address (169.254.0.0/16)"},
            {"169.254.169.254", "a link-local address"},
            {"172.16.0.0", "a private address (172.16.0.0/12)"},
            {"172.31.255.255", "a private address (172.16.0.0/12)"},
            {"192.0.0.8", "a reserved address (192.0.0.0/24)"},
            {"192.0.2.1", "an address for documentation"},
            {"192.88.99.1", "a reserved address"},
            {"192.168.0.1", "a private address (192.168.0.0/16)"},
            {"192.168.255.255", "a private address"},
            {"198.18.0.0", "an address for benchmarks (198.18.0.0/15)"},
            {"198.19.255.255", "an address for benchmarks"},
            {"198.51.100.7", "an address for documentation"},
            {"203.0.113.7", "an address for documentation"},
            {"224.0.0.1", "a multicast address"},
            {"239.255.255.255", "a multicast address"},
            {"240.0.0.1", "a reserved address (240.0.0.0/4)"},
            {"255.255.255.255", "the broadcast address"},
            {"168.63.129.16", "an instance metadata address"},
            {"100.100.100.200", "an instance metadata address"},
            {"192.0.0.192", "an instance metadata address"},
            {"::", "unspecified"},
            {"::1", "a loopback address (::1/128)"},
            {"fe80::1", "a link-local address (fe80::/10)"},
            {"febf::1", "a link-local address"},
            {"fec0::1", "a site-local address (fec0::/10)"},
            {"fc00::1", "a private address (fc00::/7)"},
            {"fdff::1", "a private address (fc00::/7)"},
            {"fd00:ec2::254", "an instance metadata address"},
            {"fd20:ce::254", "an instance metadata address"},
            {"64:ff9b:1::1", "a private translator"},
            {"64:ff9b:1:ffff::a00:1", "a private translator"},
            {"64:ff9b:2::1", "a reserved address (::/0)"},
            {"2001:db8::1", "an address for documentation"},
            {"3fff::1", "an address for documentation"},
            {"2001:2::1", "an address for benchmarks"},
            {"2001:10::1", "a reserved address (2001::/23)"},
            {"100::1", "an address that discards"},
            {"4000::1", "a reserved address (::/0)"},
            {"5f00::1", "a reserved address (::/0)"},
            {"ff02::1", "a multicast address"},
            {"93.184.216.99", "an address of this machine"},
        };
        for (String[] row : table) {
            assertThat(refusal(standard, "http://" + literal(row[0]) + "/"))
                    .as(row[0])
                    .contains("leads to", row[1], "an administrator can allow the host");
            assertThat(leadsTo(standard, "name.example", row[0]))
                    .as(row[0])
                    .startsWith("leads to " + row[0] + " (name.example), ")
                    .contains(row[1]);
        }
    }

    @Test
    public void whatIsBehindAnEmbeddingIsWhatIsJudged() {
        String[][] table = {
            {"mapped", "::ffff:127.0.0.1", "127.0.0.1"},
            {"mapped, in hex", "::ffff:a9fe:a9fe", "169.254.169.254"},
            {"compatible", "::127.0.0.1", "127.0.0.1"},
            {"compatible, private", "::a00:1", "10.0.0.1"},
            {"NAT64", "64:ff9b::7f00:1", "127.0.0.1"},
            {"NAT64, metadata", "64:ff9b::a9fe:a9fe", "169.254.169.254"},
            {"SIIT", "::ffff:0:10.1.2.3", "10.1.2.3"},
            {"6to4", "2002:7f00:1::", "127.0.0.1"},
            {"6to4, private", "2002:c0a8:101::1", "192.168.1.1"},
            {"6to4, own", "2002:5db8:d863::1", "93.184.216.99"},
            {"Teredo, client", "2001:0:808:808:0:0:80ff:fffe", "127.0.0.1"},
            {"Teredo, server", "2001:0:a00:1:0:0:f7f7:f7f7", "10.0.0.1"},
            {"ISATAP", "2606:2800::5efe:10.0.0.1", "10.0.0.1"},
            {"ISATAP, unique", "2606:2800::200:5efe:a9fe:a9fe", "169.254.169.254"},
            {"ISATAP in 6to4", "2002:808:808::5efe:7f00:1", "127.0.0.1"},
        };
        for (String[] row : table) {
            String as = row[0] + " " + row[1];
            assertThat(refusal(standard, "http://[" + row[1] + "]/")).as(as).contains("leads to " + row[2]);
            assertThat(leadsTo(standard, "name.example", row[1])).as(as).contains("leads to " + row[2]);
        }
    }

    @Test
    public void aNameWhoseAaaaIsAMappedLoopbackAddressIsRefused() throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        bytes[12] = 127;
        bytes[15] = 1;
        // The platform's resolver hands it over like this; InetAddress.getByAddress would make an IPv4 address of it.
        Inet6Address mapped = Inet6Address.getByAddress("aaaa.example", bytes, -1);

        assertThat(leadsTo(standard, "aaaa.example", mapped)).contains("leads to 127.0.0.1", "a loopback address");
    }

    @Test
    public void addressesOfThisMachineAreRefusedAsTheyAre() throws Exception {
        Set<InetAddress> mine = new HashSet<>();
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .forEach(mine::add);
        EndpointGuard real = new EndpointGuard(ReceiverPolicy.DEFAULT);
        assertThat(mine).isNotEmpty();
        for (InetAddress address : mine) {
            assertThat(leadsTo(real, "me.example", address))
                    .as(address.toString())
                    .isNotEmpty();
        }
    }

    @Test
    public void numbersThatResolversReadDifferentlyAreNoHosts() {
        for (String host : List.of(
                "2130706433",
                "127.1",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "0x7f000001",
                "127.0.0.1.",
                "1.2.3",
                "017700000001",
                "0X7F.1",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4")) {
            assertThat(refusal(standard, "http://" + host + "/")).as(host).isNotEmpty();
        }
        // Java takes most of the others for no host at all.
        assertThat(refusal(standard, "http://0x7f000001/")).isNotEmpty();
        assertThat(refusal(standard, "http://127.0.0.1./")).isNotEmpty();
    }

    @Test
    public void noNameIsLookedUpWhenAUrlIsGiven() {
        // None of these can be resolved: that is the courier's, and takes its time.
        assertThat(refusal(standard, "https://nowhere.invalid/")).isEmpty();
        assertThat(refusal(guard(List.of("*.invalid"), false), "https://nowhere.invalid/"))
                .isEmpty();
        assertThat(refusal(guard(List.of("10.0.0.0/8"), false), "https://nowhere.invalid/"))
                .isEmpty();
    }

    @Test
    public void localhostIsThisMachineWithoutALookUp() {
        for (String host : List.of("localhost", "LOCALHOST", "localhost.", "a.b.localhost")) {
            assertThat(refusal(standard, "http://" + host + "/")).as(host).contains("this machine");
        }
    }

    @Test
    public void urlsThatNameNoHostClearlyAreRefused() {
        assertThat(refusal(standard, "ftp://good.example/")).isEqualTo("must begin with https or http, not ftp");
        assertThat(refusal(standard, "/relative")).isEqualTo("must begin with https or http, not null");
        assertThat(refusal(standard, "mailto:a@b.example")).contains("not mailto");
        assertThat(refusal(standard, "http:///x")).isEqualTo("must name a host");
        assertThat(refusal(standard, "http:opaque")).isEqualTo("must name a host");
        assertThat(refusal(standard, "http://b\u00fccher.example/"))
                .isEqualTo("must name a host, in its ASCII form: xn--bcher-kva.example");
        assertThat(refusal(standard, "http://xn--bcher-kva.example/")).isEmpty();
        assertThat(refusal(standard, "http://\u2460\u2461\u2466.0.0.1/")).contains("ASCII");
        assertThat(refusal(standard, "http://good.example@127.0.0.1/")).contains("a user or a password");
        assertThat(refusal(standard, "http://user:secret@good.example/"))
                .contains("a user or a password")
                .doesNotContain("secret");
        assertThat(refusal(standard, "http://good.example:0/")).isEqualTo("has the port 0; ports go from 1 to 65535");
        assertThat(refusal(standard, "http://good.example:65536/")).contains("65536");
        assertThat(refusal(standard, "http://good.example:65535/")).isEmpty();
        assertThat(refusal(standard, "http://[fe80::1%25eth0]/")).isNotEmpty();
        assertThat(refusal(standard, "http://good.example./")).isEmpty();
    }

    @Test
    public void aNamedHostIsTrustedWhereverItIs() {
        EndpointGuard guard = guard(List.of("ci.internal", "127.0.0.1", "fd00::7"), false);

        assertThat(refusal(guard, "https://CI.internal.:9/")).isEmpty();
        assertThat(leadsTo(guard, "ci.internal", "10.1.2.3")).isEmpty();
        assertThat(leadsTo(guard, "ci.internal", "127.0.0.1")).isEmpty();
        assertThat(leadsTo(guard, "ci.internal", "169.254.169.254")).isEmpty();
        assertThat(refusal(guard, "http://127.0.0.1:8080/")).isEmpty();
        assertThat(refusal(guard, "http://[fd00::7]/")).isEmpty();
        assertThat(refusal(guard, "http://localhost/")).contains("not among the allowed receivers");
        assertThat(refusal(guard, "http://[::ffff:127.0.0.1]/")).isNotEmpty();
        assertThat(refusal(guard, "http://127.0.0.2/")).isNotEmpty();
        assertThat(refusal(guard, "http://93.184.216.34/")).contains("not among the allowed receivers");
        assertThat(refusal(guard, "https://evil.com/")).contains("not among the allowed receivers");
        assertThat(refusal(guard, "https://xci.internal/")).contains("not among the allowed receivers");
    }

    @Test
    public void aStarOpensPrivateNetworksAndNotThisMachine() {
        EndpointGuard guard = guard(List.of("*.corp.example"), false);

        assertThat(refusal(guard, "https://a.b.corp.example/")).isEmpty();
        assertThat(refusal(guard, "https://corp.example/")).contains("not among the allowed receivers");
        assertThat(refusal(guard, "https://evilcorp.example/")).contains("not among the allowed receivers");
        assertThat(refusal(guard, "https://10.1.2.3/")).isNotEmpty();
        for (String inside : List.of("10.1.2.3", "192.168.1.1", "100.64.1.1", "fd12::1", "fec0::1", "93.184.216.34")) {
            assertThat(leadsTo(guard, "ci.corp.example", inside)).as(inside).isEmpty();
        }
        for (String machine :
                List.of("127.0.0.1", "::1", "169.254.169.254", "fe80::1", "100.100.100.200", "0.0.0.0", "10.9.9.9")) {
            assertThat(leadsTo(guard, "ci.corp.example", machine)).as(machine).isNotEmpty();
        }
    }

    @Test
    public void aRangeOpensWhatLiesInItAndNothingElse() {
        EndpointGuard guard = guard(List.of("10.0.0.0/8", "fd00::/8", "*.corp.example"), false);

        assertThat(refusal(guard, "http://10.255.255.255/")).isEmpty();
        assertThat(refusal(guard, "http://11.0.0.0/")).contains("not among the allowed receivers");
        assertThat(refusal(guard, "http://[fd00::1]/")).isEmpty();
        assertThat(refusal(guard, "http://[64:ff9b::10.1.2.3]/")).isEmpty();
        assertThat(refusal(guard, "http://127.0.0.1/")).contains("a loopback address");
        assertThat(leadsTo(guard, "any.name", "10.1.2.3")).isEmpty();
        assertThat(leadsTo(guard, "any.name", "10.9.9.9")).isEmpty();
        assertThat(leadsTo(guard, "any.name", "93.184.216.34")).contains("not among the allowed receivers");
        assertThat(leadsTo(guard, "x.corp.example", "93.184.216.34")).isEmpty();
        assertThat(leadsTo(guard(List.of("127.0.0.0/8"), false), "me.example", "127.0.0.1"))
                .isEmpty();
    }

    @Test
    public void aLaptopReachesItselfAndNothingElseThatIsNotPublic() {
        EndpointGuard guard = guard(List.of(), true);

        for (String host : List.of("127.0.0.1:8080", "127.9.9.9", "localhost", "[::1]", "[::ffff:127.0.0.1]")) {
            assertThat(refusal(guard, "http://" + host + "/")).as(host).isEmpty();
        }
        assertThat(leadsTo(guard, "localhost", "127.0.0.1")).isEmpty();
        assertThat(leadsTo(guard, "localhost", "::1")).isEmpty();
        assertThat(refusal(guard, "http://169.254.169.254/")).contains("link-local");
        assertThat(refusal(guard, "http://10.1.2.3/")).contains("private");
        assertThat(refusal(guard(List.of("ci.example"), true), "http://localhost/"))
                .isEmpty();
        assertThat(refusal(guard(List.of("ci.example"), true), "http://127.0.0.1/"))
                .isEmpty();
    }

    @Test
    public void anAllowListThatCannotBeReadIsRefused() {
        for (String bad :
                List.of("*", "ci.*.example", "http://ci.example", "ci.example:80", "10.1.2.3/8", "ci/24", "")) {
            assertThatThrownBy(() -> new ReceiverPolicy(BOTH, List.of(bad), false))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + bad + "'");
        }
    }
}
