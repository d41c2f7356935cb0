package io.jenkins.plugins.promise.acceptance.submission;

import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.util.Map;

/** What was submitted once, submitted again: the same inputs, to the latest version of the job. */
public final class Resubmission {
    private final Secrets secrets;

    public Resubmission(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * That of a promise.
     *
     * @param submitter who asks for it now
     * @throws Refused if an orchestration has called it, or its secrets cannot be opened any more
     */
    public Submission of(Promise promise, Submitter submitter) throws Refused {
        if (promise.parent() != null) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "an orchestration has called it; submit that one again: "
                            + promise.parent().promise());
        }
        try {
            Map<String, String> inputs = secrets.inputs(promise);
            return Submission.of(promise.job(), GivenInputs.of(inputs), null, submitter);
        } catch (IllegalStateException e) {
            throw new Refused(Refused.Why.CONFLICT, e.getMessage());
        }
    }
}
