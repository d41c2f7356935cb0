package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.acceptance.host.Lanes;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import java.util.List;
import java.util.Map;

/** The three windows of a local controller. */
final class LocalLanes implements Lanes {
    /** Workers, which wait for an executor. */
    static final String WORKER = "worker";
    /** Orchestrations from outside, of which so many are under way at once. */
    static final String ORCHESTRATION = "orchestration";
    /** Orchestrations that others have called: they must not wait for those to end. */
    static final String CALLED = "called orchestration";
    /** All three. */
    static final List<String> ALL = List.of(WORKER, ORCHESTRATION, CALLED);

    @Override
    public String of(Deployed job, ParentCall call, Map<String, String> inputs) {
        if (job.kind() == JobKind.WORKER) {
            return WORKER;
        }
        return call == null ? ORCHESTRATION : CALLED;
    }
}
