package io.jenkins.plugins.promise.farm.plugin;

import com.google.re2j.Pattern;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A version of Jenkins or of a plugin, as Jenkins orders them. */
record PluginVersion(String text) implements Comparable<PluginVersion> {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    /** What comes before the version that it is of. */
    private static final Set<String> BEFORE = Set.of("alpha", "beta", "ea", "rc", "m", "snapshot", "pre", "cr");

    @Override
    public int compareTo(PluginVersion other) {
        List<String> own = parts();
        List<String> others = other.parts();
        for (int i = 0; i < Math.max(own.size(), others.size()); i++) {
            int order = order(i < own.size() ? own.get(i) : null, i < others.size() ? others.get(i) : null);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private List<String> parts() {
        return List.of(text.toLowerCase(Locale.ROOT).split("[.-]"));
    }

    private static int order(String one, String other) {
        boolean number = one != null && NUMBER.matches(one);
        boolean otherNumber = other != null && NUMBER.matches(other);
        if (number || otherNumber) {
            BigInteger own = number ? new BigInteger(one) : BigInteger.ZERO;
            BigInteger others = otherNumber ? new BigInteger(other) : BigInteger.ZERO;
            int order = own.compareTo(others);
            return order != 0 ? order : Integer.compare(word(one, number), word(other, otherNumber));
        }
        int order = Integer.compare(word(one, false), word(other, false));
        return order != 0 || one == null || other == null ? order : one.compareTo(other);
    }

    /** A word that comes before stands before nothing; that of an incremental version, such as v603d058a_e148, is nothing. */
    private static int word(String part, boolean number) {
        return !number && part != null && BEFORE.contains(part.replaceAll("[0-9]+$", "")) ? -1 : 0;
    }
}
