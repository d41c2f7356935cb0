package io.jenkins.plugins.promise.component.watching;

import com.google.common.collect.Lists;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.JobNames;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import java.util.List;
import java.util.Map;

/**
 * Which job a changed component starts: the longer of {@code {c}-build-test-stage} and {@code {c}-build-test} that is
 * deployed and can be given all that it requires. A release is asked for by a person, who says why it need not be tested, or
 * by what {@code integrate} has found to pass.
 */
final class StartedJob {
    private static final List<List<StepKind>> LONGEST_FIRST = Lists.reverse(JobNames.ORCHESTRATIONS).stream()
            .filter(steps -> !steps.contains(StepKind.RELEASE))
            .toList();

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
    Chosen of(Component component, String commit) throws Refused {
        GivenInputs inputs = GivenInputs.of(Map.of("GIT_HASH", commit));
        for (List<StepKind> steps : LONGEST_FIRST) {
            Chosen chosen = new Chosen(JobNames.orchestration(component, steps), inputs);
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
