package org.jenkinsci.plugins.workflow.graph;

/** What promise jobs use of this class of workflow-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class FlowNode extends hudson.model.Actionable {
    protected FlowNode(
            org.jenkinsci.plugins.workflow.flow.FlowExecution exec,
            String id,
            java.util.List<org.jenkinsci.plugins.workflow.graph.FlowNode> parents) {
        throw new UnsupportedOperationException();
    }

    public final org.jenkinsci.plugins.workflow.actions.ErrorAction getError() {
        throw new UnsupportedOperationException();
    }

    public String getId() {
        throw new UnsupportedOperationException();
    }
}
