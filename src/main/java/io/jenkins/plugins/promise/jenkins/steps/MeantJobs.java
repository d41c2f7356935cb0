package io.jenkins.plugins.promise.jenkins.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The jobs that the names in a phase's calls mean; kept with the phase, so that a restart asks nothing again. */
final class MeantJobs implements Serializable {
    private static final long serialVersionUID = 1;

    /** The version, or full name, of the job that each name means. */
    private final LinkedHashMap<String, String> meant = new LinkedHashMap<>();

    /** Why no worker is started; null if all that were called may be. */
    private String refusal;

    /**
     * Looks up the names. Once, and where the build's identity acts: later it is not asked again what a name means.
     *
     * @param build the one that calls
     * @throws AbortException if one of them may not be built
     */
    void lookUp(Run<?, ?> build, Phase phase) throws AbortException {
        CalledJobs called = new CalledJobs(build);
        try {
            for (WorkerCall call : phase.calls()) {
                if (!meant.containsKey(call.job())) {
                    meant.put(call.job(), called.allowed(call.job()));
                }
            }
        } catch (Refused e) {
            refusal = e.getMessage();
        }
    }

    /** The version, or full name, of the job that a call means. */
    String of(WorkerCall call) {
        return meant.getOrDefault(call.job(), call.job());
    }

    /** Why no worker is started; nothing if all that were called may be. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }
}
