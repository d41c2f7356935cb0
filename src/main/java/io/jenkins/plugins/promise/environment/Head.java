package io.jenkins.plugins.promise.environment;

import java.time.Instant;

/**
 * One of the manifests that an environment has had, the last of which is what is there.
 *
 * @param number grows by one with each
 * @param cause how it came to be there
 * @param promise whoever held the lease, by which it came there
 * @param at when
 */
public record Head(String environment, long number, Manifest manifest, Cause cause, String promise, Instant at) {
    /** What an environment is at that nothing was released to. */
    public static Head none(String environment) {
        return new Head(environment, 0, Manifest.EMPTY, Cause.NOTHING, null, Instant.EPOCH);
    }

    /** How a manifest came to be a head. */
    public enum Cause {
        /** It did not: nothing was released yet. */
        NOTHING,
        /** Its components were tested together there, and passed. */
        INTEGRATED,
        /** What it was tested against was put back there, after a candidate had failed. */
        RESTORED,
        /** It came from the environment before, with a verdict. */
        RELEASED,
        /** It had been there before. */
        ROLLED_BACK,
        /** Somebody gave a reason why it need not be tested. */
        OVERRIDDEN
    }
}
