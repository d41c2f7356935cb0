package io.jenkins.plugins.promise.acceptance.submission;

import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.Submitter;

/**
 * A promise job that somebody who may do so wants to be run.
 *
 * @param job a common name or a version
 * @param inputs as they were given
 * @param key the client's idempotency key; null for none
 * @param parent the call in an orchestration; null for a submission from outside
 * @param submitter who submits it; of a call, its orchestration
 */
public record Submission(String job, GivenInputs inputs, String key, ParentCall parent, Submitter submitter) {
    /**
     * A submission from outside.
     *
     * @param key the client's idempotency key; null for none
     */
    public static Submission of(String job, GivenInputs inputs, String key, Submitter submitter) {
        return new Submission(job, inputs, key, null, submitter);
    }

    /** A call in an orchestration. */
    public static Submission called(String job, GivenInputs inputs, ParentCall parent) {
        return new Submission(job, inputs, null, parent, Submitter.upstream(parent.promise()));
    }
}
