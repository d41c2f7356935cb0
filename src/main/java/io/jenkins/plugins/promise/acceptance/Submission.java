package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;

/**
 * A promise job that somebody who may do so wants to be run.
 *
 * @param job a common name or a version
 * @param inputs as they were given
 * @param key the client's idempotency key; null for none
 * @param parent the call in an orchestration; null for a submission from outside
 * @param queueing whether the host is queueing a build for it already, so that none is to be queued
 */
public record Submission(String job, GivenInputs inputs, String key, ParentCall parent, boolean queueing) {
    /** A submission from outside, without a key. */
    public static Submission of(String job, GivenInputs inputs) {
        return new Submission(job, inputs, null, null, false);
    }
}
