package io.jenkins.plugins.promise.jenkins.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.environment.HeldLease;
import java.io.IOException;
import java.io.Serializable;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Where a step of an orchestration stands: in which build of which promise, and under which lease. */
public final class StepPlace implements Serializable {
    private static final long serialVersionUID = 1;

    private final String promise;
    private final String build;
    private final int number;
    private final HeldLease lease;

    private StepPlace(String promise, String build, int number, HeldLease lease) {
        this.promise = promise;
        this.build = build;
        this.number = number;
        this.lease = lease;
    }

    /**
     * Where a step stands that begins now.
     *
     * @throws AbortException if the build has no promise
     */
    public static StepPlace of(StepContext context) throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        if (action == null) {
            throw new AbortException(Messages.PhaseExecution_NoPromise());
        }
        // A flow node's id is a number that no other step of the build has, and the same after a restart.
        int number = Integer.parseInt(context.get(FlowNode.class).getId());
        return new StepPlace(action.getPromise(), run.getExternalizableId(), number, context.get(HeldLease.class));
    }

    /**
     * The same of a step that waits; it is asked on Pipeline's own thread, which acts for whoever the build acts for.
     *
     * @param needed what whoever that is must be allowed on this controller
     * @throws AbortException if they are not, or if the build has no promise
     * @throws io.jenkins.plugins.promise.orchestration.StepException if it stands where nothing may wait
     */
    public static StepPlace waiting(StepContext context, Permission needed) throws IOException, InterruptedException {
        StepPlace place = of(context);
        PhaseDeclaration phase = context.get(PhaseDeclaration.class);
        if (phase != null) {
            throw Phase.onlyDeclares(phase.name());
        }
        if (!Jenkins.get().hasPermission(needed)) {
            throw new AbortException(Messages.StepPlace_NotAllowed(
                    Jenkins.getAuthentication2().getName(), needed.group.title + "/" + needed.name));
        }
        return place;
    }

    /** The promise's id. */
    public String promise() {
        return promise;
    }

    /** The build's id. */
    public String build() {
        return build;
    }

    /** The step's number in its build. */
    public int number() {
        return number;
    }

    /** The innermost lease; null for none. */
    public HeldLease lease() {
        return lease;
    }
}
