package io.jenkins.plugins.promise.testing;

import io.jenkins.plugins.promise.acceptance.host.Sealer;

/** Seals nothing, but says so. */
public final class PlainSealer implements Sealer {
    private static final String MARK = "sealed:";

    @Override
    public String seal(String secret) {
        return MARK + secret;
    }

    @Override
    public String open(String stored) {
        return stored.substring(MARK.length());
    }

    @Override
    public String fingerprint(String content) {
        return Integer.toHexString(content.hashCode());
    }
}
