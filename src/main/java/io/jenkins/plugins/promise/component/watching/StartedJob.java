package io.jenkins.plugins.promise.component.watching;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which job a changed component starts: the longest of {@code {c}-build-test-stage-release}, {@code {c}-build-test-stage}
 * and {@code {c}-build-test} that is deployed and can be given all that it requires. A release goes to the environment that
 * has {@code integration}, or to the only one; never to one that comes after another or needs an approval.
 */
final class StartedJob {
    private final Promises promises;
    private final Collection<Environment> environments;

    StartedJob(Promises promises, Collection<Environment> environments) {
        this.promises = promises;
        this.environments = environments;
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
        Map<String, String> inputs = new LinkedHashMap<>(Map.of("GIT_HASH", commit));
        Optional<Environment> environment = environment(component);
        if (environment.isPresent()) {
            Map<String, String> release = new LinkedHashMap<>(inputs);
            release.put("ENVIRONMENT", environment.get().name());
            Chosen chosen = new Chosen(component.name() + "-build-test-stage-release", GivenInputs.of(release));
            if (fits(chosen)) {
                return chosen;
            }
        }
        for (String steps : List.of("-build-test-stage", "-build-test")) {
            Chosen chosen = new Chosen(component.name() + steps, GivenInputs.of(inputs));
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

    private Optional<Environment> environment(Component component) {
        List<Environment> its = environments.stream()
                .filter(e -> component.environments().containsKey(e.name()))
                .filter(e -> e.after() == null && !e.approve())
                .toList();
        return its.stream()
                .filter(Environment::integration)
                .findFirst()
                .or(() -> its.size() == 1 ? Optional.of(its.get(0)) : Optional.empty());
    }
}
