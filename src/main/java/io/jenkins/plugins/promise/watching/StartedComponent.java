package io.jenkins.plugins.promise.watching;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.submission.Accepted;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.util.Map;

/**
 * Starts a changed component: the first of the jobs that it may start that is deployed and can be given all that it requires.
 * A release is asked for by a person, who says why it need not be tested, or by what {@code integrate} has found to pass.
 */
final class StartedComponent {
    private final Promises promises;
    private final WatchedRows rows;

    StartedComponent(Promises promises, WatchedRows rows) {
        this.promises = promises;
        this.rows = rows;
    }

    /**
     * A job with its inputs.
     *
     * @param job its common name
     * @param inputs what it is given
     */
    private record Chosen(String job, GivenInputs inputs) {}

    /**
     * Starts it, once for a commit.
     *
     * @return what was started
     * @throws Refused if none of its jobs is deployed, or promises are not accepted
     */
    String at(WatchedComponent component, String commit) throws Refused {
        Chosen chosen = chosen(component, commit);
        Accepted accepted = promises.submit(Submission.of(
                chosen.job(),
                chosen.inputs(),
                component.name() + "@" + commit,
                new Submitter(Submitter.Kind.UNKNOWN, "a push to " + component.source())));
        rows.started(component.name(), commit, accepted.promise().id());
        return chosen.job() + " is " + accepted.promise().id();
    }

    private Chosen chosen(WatchedComponent component, String commit) throws Refused {
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

    /** One that cannot be used just now is waited for: a commit is started once, and would not get to it any more. */
    private boolean fits(Chosen chosen) throws Refused {
        try {
            return promises.check(promises.job(chosen.job()), chosen.inputs())
                    .violations()
                    .isEmpty();
        } catch (Refused e) {
            if (e.why() == Refused.Why.UNAVAILABLE) {
                throw e;
            }
            return false;
        }
    }
}
