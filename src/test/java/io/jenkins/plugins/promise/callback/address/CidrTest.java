package io.jenkins.plugins.promise.callback.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.util.List;
import org.junit.Test;

public class CidrTest {
    private static boolean contains(String range, String address) {
        return Cidr.parse(range).contains(InetAddresses.forString(address));
    }

    @Test
    public void holdsItsFirstAndItsLastAddressAndNotTheirNeighbours() {
        List<List<String>> table = List.of(
                List.of("10.0.0.0/8", "9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"),
                List.of("172.16.0.0/12", "172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"),
                List.of("192.168.4.0/23", "192.168.3.255", "192.168.4.0", "192.168.5.255", "192.168.6.0"),
                List.of("192.0.2.7/32", "192.0.2.6", "192.0.2.7", "192.0.2.7", "192.0.2.8"),
                List.of("128.0.0.0/1", "127.255.255.255", "128.0.0.0", "255.255.255.255", "127.0.0.1"),
                List.of("fd00::/8", "fcff:ffff::", "fd00::", "fdff:ffff:ffff::1", "fe00::"),
                List.of("2001:db8::/33", "2001:db7:ffff::", "2001:db8::", "2001:db8:7fff::1", "2001:db8:8000::"),
                List.of("::1/128", "::", "::1", "::1", "::2"));
        for (List<String> row : table) {
            String range = row.get(0);
            assertThat(contains(range, row.get(1))).as("before " + range).isFalse();
            assertThat(contains(range, row.get(2))).as("first of " + range).isTrue();
            assertThat(contains(range, row.get(3))).as("last of " + range).isTrue();
            assertThat(contains(range, row.get(4))).as("after " + range).isFalse();
        }
    }

    @Test
    public void allOfOneKindIsNothingOfTheOther() {
        assertThat(contains("0.0.0.0/0", "203.0.113.9")).isTrue();
        assertThat(contains("0.0.0.0/0", "2001:db8::1")).isFalse();
        assertThat(contains("::/0", "2001:db8::1")).isTrue();
        assertThat(contains("::/0", "203.0.113.9")).isFalse();
    }

    @Test
    public void isWrittenAsItIsRead() {
        assertThat(Cidr.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
        assertThat(Cidr.parse("FD00:0:0::/8")).hasToString("fd00::/8");
    }

    @Test
    public void saysWhatIsWrongAndWhatToWrite() {
        for (String bad : List.of(
                "10.0.0.0",
                "10.0.0/8",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/x",
                "10.0.0.0/-1",
                "ci.example/8",
                "10.0.0.0/8/8",
                "10.0.0.0/0008",
                "fe80::%1/64",
                "0x0a.0.0.0/8",
                "")) {
            assertThatThrownBy(() -> Cidr.parse(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'" + bad + "' is no range of addresses such as 10.0.0.0/8");
        }
        assertThatThrownBy(() -> Cidr.parse("10.0.0.0/33")).hasMessageEndingWith("at most /32");
        assertThatThrownBy(() -> Cidr.parse("fd00::/129")).hasMessageEndingWith("at most /128");
        assertThatThrownBy(() -> Cidr.parse("10.1.2.3/8")).hasMessageEndingWith("write 10.0.0.0/8");
        assertThatThrownBy(() -> Cidr.parse("192.168.5.0/23")).hasMessageEndingWith("write 192.168.4.0/23");
    }
}
