package io.jenkins.plugins.promise.callback;

import com.google.re2j.Pattern;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps callbacks from reaching what only this machine can reach: loopback, link-local, cloud metadata. A name is
 * resolved first, and every address it has must be allowed; the courier asks again before each attempt, within the time
 * for which Java keeps a resolved name, so that the address checked is the address called.
 */
public final class EndpointGuard {
    /** Numbers that some resolvers take for an address: {@code 2130706433}, {@code 0x7f.1}, {@code 127.1}, {@code 0177.0.0.1}. */
    private static final Pattern NUMERIC =
            Pattern.compile("(0[xX][0-9a-fA-F]*|[0-9]+)(\\.(0[xX][0-9a-fA-F]*|[0-9]+))*\\.?");

    private static final Pattern DOTTED_QUAD = Pattern.compile(
            "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}");

    /** Instance metadata that is not link-local: AWS over IPv6, Alibaba Cloud, Oracle's and Azure's helper addresses. */
    private static final List<String> METADATA =
            List.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192", "168.63.129.16");

    private final Supplier<ReceiverPolicy> policies;
    private final Resolver resolver;

    /** A guard that resolves names as Java does. */
    public EndpointGuard(ReceiverPolicy policy) {
        this(policy, InetAddress::getAllByName);
    }

    /** A guard of the policy that holds at the moment. */
    public EndpointGuard(Supplier<ReceiverPolicy> policies) {
        this.policies = policies;
        this.resolver = InetAddress::getAllByName;
    }

    EndpointGuard(ReceiverPolicy policy, Resolver resolver) {
        this.policies = () -> policy;
        this.resolver = resolver;
    }

    /**
     * Why a URL may not be called, as the end of a sentence that begins with the input's name.
     *
     * @return empty if it may, also if its name cannot be resolved just now
     */
    public Optional<String> refusal(URI url) {
        ReceiverPolicy policy = policies.get();
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!policy.allowsScheme(scheme)) {
            return Optional.of("must begin with " + String.join(" or ", policy.schemes()) + ", not " + scheme);
        }
        if (url.getHost() == null) {
            return Optional.of("must name a host");
        }
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        } else if (NUMERIC.matches(host) && !DOTTED_QUAD.matches(host)) {
            return Optional.of("has the host " + host + "; write an address as four decimal numbers");
        }
        if (!policy.allowsHost(host) && !(policy.loopback() && literalLoopback(host))) {
            return Optional.of("has the host " + host + ", which is not among the allowed receivers");
        }
        if (policy.trusts(host)) {
            return Optional.empty();
        }
        try {
            for (InetAddress address : resolver.resolve(host)) {
                Optional<String> refusal = refusal(policy, host, address);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private boolean literalLoopback(String host) {
        try {
            return (DOTTED_QUAD.matches(host) || host.contains(":"))
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private Optional<String> refusal(ReceiverPolicy policy, String host, InetAddress address) {
        InetAddress meant = embedded(address);
        if (policy.loopback() && meant.isLoopbackAddress()) {
            return Optional.empty();
        }
        String kind = kind(meant);
        return kind == null
                ? Optional.empty()
                : Optional.of("leads to " + meant.getHostAddress()
                        + (host.equals(meant.getHostAddress()) ? "" : " (" + host + ")") + ", " + kind
                        + "; an administrator can allow the host");
    }

    private static String kind(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return "a loopback address";
        }
        if (METADATA.contains(address.getHostAddress())) {
            return "an instance metadata address";
        }
        if (address.isLinkLocalAddress()) {
            return "a link-local address";
        }
        if (address.isAnyLocalAddress() || (address instanceof Inet4Address && address.getAddress()[0] == 0)) {
            return "an address of this host";
        }
        if (address.isMulticastAddress()
                || (address instanceof Inet4Address && (address.getAddress()[0] & 0xf0) == 0xf0)) {
            return "a multicast or broadcast address";
        }
        return null;
    }

    /** The IPv4 address inside an IPv6 one that only carries it: compatible, NAT64 (RFC 6052), 6to4 (RFC 3056). */
    private static InetAddress embedded(InetAddress address) {
        if (!(address instanceof Inet6Address six) || six.isLoopbackAddress() || six.isAnyLocalAddress()) {
            return address;
        }
        byte[] bytes = six.getAddress();
        int at = -1;
        if (six.isIPv4CompatibleAddress() || startsWith(bytes, 0x00, 0x64, 0xff, 0x9b)) {
            at = 12;
        } else if (startsWith(bytes, 0x20, 0x02)) {
            at = 2;
        }
        if (at < 0) {
            return address;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** How a name becomes addresses. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }
}
