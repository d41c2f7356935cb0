package io.jenkins.plugins.promise.acceptance.submission;

import io.jenkins.plugins.promise.ledger.promise.Promise;

/**
 * The answer to a submission that was accepted.
 *
 * @param promise the promise
 * @param repeated whether it was accepted before, for the same idempotency key
 */
public record Accepted(Promise promise, boolean repeated) {}
