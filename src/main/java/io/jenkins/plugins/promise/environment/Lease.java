package io.jenkins.plugins.promise.environment;

import java.time.Instant;

/**
 * That one holder, and nobody else, may change an environment.
 *
 * @param holder the id of the promise that has it
 * @param fence its number, higher than that of each lease before
 * @param until when it ends by itself
 */
public record Lease(String environment, String holder, long fence, Instant until) {}
