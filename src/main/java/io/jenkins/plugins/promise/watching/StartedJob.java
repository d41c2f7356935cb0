package io.jenkins.plugins.promise.watching;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.util.Map;

/**
 * Which job a changed component starts: the first of those that it may start that is deployed and can be given all that it
 * requires. A release is asked for by a person, who says why it need not be tested, or by what {@code integrate} has found to
 * pass.
 */
final class StartedJob {
    private final Promises promises;

    StartedJob(Promises promises) {
        this.promises = promises;
    }

    /**
     * A job with its inputs.
     *
     * @param job its common name
     * @param inputs what it is given
     */
    record Chosen(String job, GivenInputs inputs) {}

    /**
     * The job for a component.
     *
     * @throws Refused if none of its jobs is deployed
     */
    Chosen of(WatchedComponent component, String commit) throws Refused {
        GivenInputs inputs = GivenInputs.of(Map.of("GIT_HASH", commit));
        for (String job : component.starts()) {
            Chosen chosen = new Chosen(job, inputs);
            if (fits(chosen)) {
                return chosen;
            }
        }
        throw new Refused(
                Refused.Why.UNKNOWN, "no job of " + component.name() + " is deployed that can be given a commit only");
    }

    private boolean fits(Chosen chosen) {
        try {
            return promises.check(promises.job(chosen.job()), chosen.inputs())
                    .violations()
                    .isEmpty();
        } catch (Refused e) {
            return false;
        }
    }
}
