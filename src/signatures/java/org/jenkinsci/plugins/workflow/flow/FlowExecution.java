package org.jenkinsci.plugins.workflow.flow;

/** What promise jobs use of this class of workflow-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class FlowExecution {
    public FlowExecution() {
        throw new UnsupportedOperationException();
    }

    public abstract org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner getOwner();

    public abstract java.util.List<org.jenkinsci.plugins.workflow.graph.FlowNode> getCurrentHeads();

    public abstract void interrupt(hudson.model.Result r, jenkins.model.CauseOfInterruption... causes)
            throws java.io.IOException, InterruptedException;

    public boolean isComplete() {
        throw new UnsupportedOperationException();
    }
}
