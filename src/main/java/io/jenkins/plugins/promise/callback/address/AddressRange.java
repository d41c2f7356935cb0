package io.jenkins.plugins.promise.callback.address;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A range of addresses that is not the public internet, after IANA's registries of special-purpose addresses.
 *
 * @param range which addresses
 * @param kind what one of them is, as in "a loopback address"
 * @param reach who can be reached there
 */
record AddressRange(Cidr range, String kind, Reach reach) {
    /** Who can be reached at an address that is not public. */
    enum Reach {
        /** Only this machine, what is on its link, or the cloud that it runs in. */
        MACHINE,
        /** Whoever is in the same private network. */
        NETWORK,
        /** Nobody in particular: the address is no single host's, or no host's yet. */
        NOBODY
    }

    private static final String METADATA = "an instance metadata address";
    private static final String PRIVATE = "a private address";
    private static final String RESERVED = "a reserved address";
    private static final String DOCUMENTATION = "an address for documentation";
    private static final String MULTICAST = "a multicast address";
    private static final String LINK = "a link-local address";
    private static final String LOOPBACK = "a loopback address";
    private static final String UNSPECIFIED = "an unspecified address of this machine";

    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

    /** The first that an address lies in counts: narrow ranges stand before those around them. */
    private static final List<AddressRange> RANGES = List.of(
            // Metadata services that are not link-local: AWS, Google, Alibaba Cloud, Oracle's and Azure's helpers.
            of("fd00:ec2::254/128", METADATA, Reach.MACHINE),
            of("fd20:ce::254/128", METADATA, Reach.MACHINE),
            of("100.100.100.200/32", METADATA, Reach.MACHINE),
            of("192.0.0.192/32", METADATA, Reach.MACHINE),
            of("168.63.129.16/32", METADATA, Reach.MACHINE),
            of("0.0.0.0/8", UNSPECIFIED, Reach.MACHINE),
            of("127.0.0.0/8", LOOPBACK, Reach.MACHINE),
            of("169.254.0.0/16", LINK, Reach.MACHINE),
            of("10.0.0.0/8", PRIVATE, Reach.NETWORK),
            of("172.16.0.0/12", PRIVATE, Reach.NETWORK),
            of("192.168.0.0/16", PRIVATE, Reach.NETWORK),
            of("100.64.0.0/10", "an address behind a carrier's translation", Reach.NETWORK),
            of("192.0.0.0/24", RESERVED, Reach.NOBODY),
            of("192.0.2.0/24", DOCUMENTATION, Reach.NOBODY),
            of("192.88.99.0/24", RESERVED, Reach.NOBODY),
            of("198.18.0.0/15", "an address for benchmarks", Reach.NOBODY),
            of("198.51.100.0/24", DOCUMENTATION, Reach.NOBODY),
            of("203.0.113.0/24", DOCUMENTATION, Reach.NOBODY),
            of("224.0.0.0/4", MULTICAST, Reach.NOBODY),
            of("255.255.255.255/32", "the broadcast address", Reach.NOBODY),
            of("240.0.0.0/4", RESERVED, Reach.NOBODY),
            of("::/128", UNSPECIFIED, Reach.MACHINE),
            of("::1/128", LOOPBACK, Reach.MACHINE),
            of("fe80::/10", LINK, Reach.MACHINE),
            of("fec0::/10", "a site-local address", Reach.NETWORK),
            of("fc00::/7", PRIVATE, Reach.NETWORK),
            of("64:ff9b:1::/48", "an address of a private translator", Reach.NETWORK),
            of("2001:db8::/32", DOCUMENTATION, Reach.NOBODY),
            of("3fff::/20", DOCUMENTATION, Reach.NOBODY),
            of("2001:2::/48", "an address for benchmarks", Reach.NOBODY),
            of("2001::/23", RESERVED, Reach.NOBODY),
            of("ff00::/8", MULTICAST, Reach.NOBODY),
            of("100::/64", "an address that discards", Reach.NOBODY));

    private static final AddressRange NOT_GLOBAL = of("::/0", RESERVED, Reach.NOBODY);

    private static AddressRange of(String range, String kind, Reach reach) {
        return new AddressRange(Cidr.parse(range), kind, reach);
    }

    /** The range that an address lies in; nothing if it is public. */
    static Optional<AddressRange> of(InetAddress address) {
        return RANGES.stream()
                .filter(r -> r.range.contains(address))
                .findFirst()
                .or(() -> NOT_GLOBAL.range.contains(address) && !GLOBAL_UNICAST.contains(address)
                        ? Optional.of(NOT_GLOBAL)
                        : Optional.empty());
    }
}
