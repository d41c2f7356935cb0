package io.jenkins.plugins.promise.acceptance.host;

import java.time.Duration;

/**
 * What an administrator decides.
 *
 * @param deadline for contracts that have none
 * @param retention how long closed promises are kept
 */
public record PromiseSettings(Duration deadline, Duration retention) {
    /** A day, and thirty days. */
    public static final PromiseSettings DEFAULT = new PromiseSettings(Duration.ofHours(24), Duration.ofDays(30));
}
