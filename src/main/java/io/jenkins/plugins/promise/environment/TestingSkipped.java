package io.jenkins.plugins.promise.environment;

import java.time.Instant;

/**
 * That somebody takes a manifest into an environment without a verdict.
 *
 * @param manifest its id
 * @param who whoever answers for it
 * @param reason why it need not be tested
 */
public record TestingSkipped(String environment, String manifest, String who, String reason, Instant at) {}
