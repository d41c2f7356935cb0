package io.jenkins.plugins.promise.callback;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which receivers may be called.
 *
 * @param schemes http, https
 * @param hosts if not empty, only these: {@code name}, or {@code *.domain} for every host below a domain. A host that is
 *     named without a star is trusted wherever it is, loopback and link-local included.
 * @param loopback whether every loopback address may be called; for a laptop
 */
public record ReceiverPolicy(List<String> schemes, List<String> hosts, boolean loopback) {
    /** Any host that is not on this machine or in its link. */
    public static final ReceiverPolicy DEFAULT = new ReceiverPolicy(List.of("https", "http"), List.of(), false);

    /** Copies what it is given. */
    public ReceiverPolicy {
        schemes = new ArrayList<>(schemes);
        hosts = new ArrayList<>(
                hosts.stream().map(h -> h.toLowerCase(Locale.ROOT)).toList());
    }

    boolean allowsScheme(String scheme) {
        return schemes.stream().anyMatch(s -> s.equalsIgnoreCase(scheme));
    }

    boolean allowsHost(String host) {
        return hosts.isEmpty()
                || (loopback && host.equals("localhost"))
                || hosts.stream()
                        .anyMatch(h -> h.equals(host) || (h.startsWith("*.") && host.endsWith(h.substring(1))));
    }

    boolean trusts(String host) {
        return hosts.contains(host);
    }
}
