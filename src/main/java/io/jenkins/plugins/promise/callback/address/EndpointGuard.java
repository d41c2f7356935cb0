package io.jenkins.plugins.promise.callback.address;

import com.google.common.base.Suppliers;
import com.google.common.net.InetAddresses;
import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.callback.address.AddressRange.Reach;
import java.net.IDN;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps callbacks from reaching what a stranger could not reach. A URL is judged when it is given, by what it says, and no
 * name is looked up for that; each address that its name has is judged when it is about to be called, and only an address
 * that was judged is connected to.
 */
public final class EndpointGuard {
    /** Numbers that some resolvers take for an address: {@code 2130706433}, {@code 0x7f.1}, {@code 127.1}, {@code 0177.0.0.1}. */
    private static final Pattern NUMERIC =
            Pattern.compile("(0[xX][0-9a-fA-F]*|[0-9]+)(\\.(0[xX][0-9a-fA-F]*|[0-9]+))*\\.?");

    private static final int MAX_PORT = 65_535;
    private static final Duration INTERFACES_KEPT = Duration.ofSeconds(30);

    private final Supplier<ReceiverPolicy> policies;
    private final Supplier<Set<InetAddress>> own;

    /** A guard of that policy. */
    public EndpointGuard(ReceiverPolicy policy) {
        this(() -> policy);
    }

    /** A guard of the policy that holds at the moment. */
    public EndpointGuard(Supplier<ReceiverPolicy> policies) {
        this(policies, Suppliers.memoizeWithExpiration(EndpointGuard::interfaces, INTERFACES_KEPT));
    }

    /** A guard of a machine that has these addresses. */
    EndpointGuard(Supplier<ReceiverPolicy> policies, Supplier<Set<InetAddress>> own) {
        this.policies = policies;
        this.own = own;
    }

    private static Set<InetAddress> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    // Without the scope: the same address, whichever interface is named with it.
                    .map(a -> InetAddresses.forString(
                            InetAddresses.toAddrString(a).replaceFirst("%.*", "")))
                    .collect(Collectors.toSet());
        } catch (SocketException e) {
            throw new IllegalStateException("the addresses of this machine cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Why a URL may not be called, as the end of a sentence that begins with the input's name. Nothing is looked up: a name
     * that is allowed as such may still turn out to lead where nothing may be sent.
     *
     * @return empty if it may
     */
    public Optional<String> refusal(URI url) {
        ReceiverPolicy policy = policies.get();
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!policy.allowsScheme(scheme)) {
            return Optional.of("must begin with " + String.join(" or ", policy.schemes()) + ", not " + scheme);
        }
        if (url.getHost() == null) {
            return Optional.of("must name a host" + ascii(url));
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("must not hold a user or a password");
        }
        if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
            return Optional.of("has the port " + url.getPort() + "; ports go from 1 to " + MAX_PORT);
        }
        if (!InetAddresses.isInetAddress(url.getHost()) && NUMERIC.matches(url.getHost())) {
            return Optional.of("has the host " + url.getHost() + "; write an address as four decimal numbers");
        }
        if (url.getHost().contains("%")) {
            return Optional.of("has the host " + url.getHost() + "; an address must not name a zone");
        }
        String host = host(url);
        Optional<InetAddress> literal = literal(url);
        if (literal.isPresent()) {
            return refusal(policy, host, literal.get());
        }
        boolean loopback = host.equals("localhost") || host.endsWith(".localhost");
        if (policy.names(host) || (policy.loopback() && loopback)) {
            return Optional.empty();
        }
        if (policy.open() || policy.covers(host) || policy.hasRanges()) {
            return loopback
                    ? Optional.of("has the host " + host + ", which is this machine; an administrator can allow it")
                    : Optional.empty();
        }
        return Optional.of("has the host " + host + ", which is not among the allowed receivers");
    }

    /**
     * Why a URL may not be called at that address, as {@link #refusal(URI)} tells it.
     *
     * @param address one of its host's
     */
    public Optional<String> refusal(URI url, InetAddress address) {
        return refusal(policies.get(), host(url), address);
    }

    /** The address that a URL's host is; nothing if it is a name. */
    public static Optional<InetAddress> literal(URI url) {
        String host = host(url);
        return InetAddresses.isInetAddress(host) ? Optional.of(InetAddresses.forString(host)) : Optional.empty();
    }

    /** A URL's host as it is compared and connected to: in small letters, without brackets, without a dot at its end. */
    public static String host(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** Java takes only ASCII for a host; who wrote a name in another script is told how it is written. */
    private static String ascii(URI url) {
        String written = String.valueOf(url.getRawAuthority());
        if (written.chars().allMatch(c -> c < 0x80)) {
            return "";
        }
        try {
            return ", in its ASCII form: " + IDN.toASCII(written);
        } catch (IllegalArgumentException e) {
            return ", in its ASCII form";
        }
    }

    private Optional<String> refusal(ReceiverPolicy policy, String host, InetAddress address) {
        if (policy.names(host) || policy.contains(address)) {
            return Optional.empty();
        }
        for (InetAddress end : EmbeddedAddresses.ends(address)) {
            Optional<String> refusal = refusalOfEnd(policy, host, end);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<String> refusalOfEnd(ReceiverPolicy policy, String host, InetAddress end) {
        if (policy.contains(end) || (policy.loopback() && end.isLoopbackAddress())) {
            return Optional.empty();
        }
        String told = InetAddresses.toAddrString(end);
        String leads = "leads to " + told + (host.equals(told) ? "" : " (" + host + ")") + ", ";
        Optional<AddressRange> range = AddressRange.of(end);
        if (range.isPresent() && !(range.get().reach() == Reach.NETWORK && policy.covers(host))) {
            return Optional.of(
                    leads + range.get().kind() + " (" + range.get().range() + "); an administrator can allow the host");
        }
        if (own.get().contains(end)) {
            return Optional.of(leads + "an address of this machine; an administrator can allow the host");
        }
        if (!policy.open() && !policy.covers(host)) {
            return Optional.of(leads + "which is not among the allowed receivers");
        }
        return Optional.empty();
    }

    /** The parts of a list of addresses that may be called, in the same order. */
    public List<InetAddress> allowed(URI url, List<InetAddress> addresses) {
        return addresses.stream().filter(a -> refusal(url, a).isEmpty()).toList();
    }
}
