package io.jenkins.plugins.promise.callback.address;

import com.google.re2j.Pattern;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which receivers may be called.
 *
 * @param schemes http, https
 * @param hosts if not empty, only these: a name or an address ({@code ci.example}, {@code 10.1.2.3}), {@code *.domain} for
 *     every host below a domain, or a range of addresses ({@code 10.0.0.0/8}, {@code fd00::/8}). What is named without a
 *     star is trusted wherever it is, and so is what lies in a range. A star opens private networks too, but not what
 *     only this machine can reach: whoever can make a name below that domain could point it there.
 * @param loopback whether every loopback address may be called; for a laptop
 */
public record ReceiverPolicy(List<String> schemes, List<String> hosts, boolean loopback) {
    private static final Pattern NAME =
            Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*");

    /** Any host with a public address. */
    public static final ReceiverPolicy DEFAULT = new ReceiverPolicy(List.of("https", "http"), List.of(), false);

    /**
     * Copies what it is given.
     *
     * @throws IllegalArgumentException if a host is none of what is said above; the message names it
     */
    public ReceiverPolicy {
        schemes = new ArrayList<>(schemes);
        hosts = new ArrayList<>(
                hosts.stream().map(h -> h.toLowerCase(Locale.ROOT)).toList());
        for (String host : hosts) {
            if (host.contains("/")) {
                Cidr.parse(host);
            } else if (!NAME.matches(host)) {
                throw new IllegalArgumentException("'" + host
                        + "' is no receiver: write a host's name, *.domain for every host below one, or a range of"
                        + " addresses such as 10.0.0.0/8");
            }
        }
    }

    boolean allowsScheme(String scheme) {
        return schemes.stream().anyMatch(s -> s.equalsIgnoreCase(scheme));
    }

    /** Whether every public receiver may be called. */
    boolean open() {
        return hosts.isEmpty();
    }

    /** Whether the host is named without a star. */
    boolean names(String host) {
        return hosts.contains(host);
    }

    /** Whether the host is below a domain that is named with a star. */
    boolean covers(String host) {
        return hosts.stream().anyMatch(h -> h.startsWith("*.") && host.endsWith(h.substring(1)));
    }

    /** Whether it depends on a host's addresses if it may be called. */
    boolean hasRanges() {
        return hosts.stream().anyMatch(h -> h.contains("/"));
    }

    /** Whether the address lies in a range that is allowed. */
    boolean contains(InetAddress address) {
        return hosts.stream().filter(h -> h.contains("/")).anyMatch(h -> Cidr.parse(h)
                .contains(address));
    }
}
