package io.jenkins.plugins.promise.callback.address;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an address leads to: a tunnel or a translator makes an IPv4 address of some IPv6 addresses. */
final class EmbeddedAddresses {
    /** Prefixes that stand for nothing but the IPv4 address after them: compatible, mapped, SIIT, NAT64 (RFC 6052). */
    private static final List<Cidr> CARRIERS =
            List.of(Cidr.parse("::/96"), mapped(), Cidr.parse("::ffff:0:0:0/96"), Cidr.parse("64:ff9b::/96"));

    private EmbeddedAddresses() {}

    /** IPv4-mapped addresses; no text says them, for Java reads each as the IPv4 address. */
    private static Cidr mapped() {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        try {
            return new Cidr(Inet6Address.getByAddress(null, bytes, -1), 96);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }

    /** All addresses that a connection to this one may end at; at least one. */
    static List<InetAddress> ends(InetAddress address) {
        if (!(address instanceof Inet6Address six) || six.isLoopbackAddress() || six.isAnyLocalAddress()) {
            return List.of(address);
        }
        byte[] bytes = six.getAddress();
        if (CARRIERS.stream().anyMatch(c -> c.contains(six))) {
            return List.of(address(Arrays.copyOfRange(bytes, 12, 16)));
        }
        List<InetAddress> ends = new ArrayList<>();
        if (InetAddresses.is6to4Address(six)) {
            ends.add(InetAddresses.get6to4IPv4Address(six));
        }
        if (InetAddresses.isTeredoAddress(six)) {
            InetAddresses.TeredoInfo teredo = InetAddresses.getTeredoInfo(six);
            ends.add(teredo.getClient());
            ends.add(teredo.getServer());
        }
        if (InetAddresses.isIsatapAddress(six)) {
            ends.add(InetAddresses.getIsatapIPv4Address(six));
        }
        ends.add(six);
        return ends;
    }

    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }
}
