package io.jenkins.plugins.promise.jenkins.build;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What a script may want to know of its promise. */
@Extension
public final class PromiseEnvironment extends EnvironmentContributor {
    private static final Logger LOGGER = Logger.getLogger(PromiseEnvironment.class.getName());

    @Override
    @SuppressWarnings("rawtypes") // as Jenkins declares it
    public void buildEnvironmentFor(Run run, EnvVars environment, TaskListener listener) {
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        if (action == null || !JenkinsController.get().started()) {
            return;
        }
        try {
            Promise promise = action.first();
            environment.put("PROMISE_ID", promise.id());
            environment.put("PROMISE_JOB", promise.job());
            environment.put("PROMISE_VERSION", promise.version());
            environment.put("PROMISE_URL", JenkinsController.get().promises().url(promise.id()));
            if (promise.parent() != null && promise.parent().fence() > 0) {
                environment.put("PROMISE_FENCE", Long.toString(promise.parent().fence()));
            }
        } catch (Refused e) {
            LOGGER.log(Level.FINE, "a build whose promise was dropped", e);
        }
    }
}
