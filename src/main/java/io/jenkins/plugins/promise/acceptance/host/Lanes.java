package io.jenkins.plugins.promise.acceptance.host;

import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import java.util.Map;

/** Which of a host's dispatch windows a build waits at: those that compete for the same executors wait at the same. */
@FunctionalInterface
public interface Lanes {
    /**
     * The lane of a promise that is being accepted.
     *
     * @param call null for one from outside
     * @param inputs their values by name, secrets not among them
     */
    String of(Deployed job, ParentCall call, Map<String, String> inputs);
}
