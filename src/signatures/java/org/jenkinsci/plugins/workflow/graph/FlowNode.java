package org.jenkinsci.plugins.workflow.graph;

/** What promise jobs use of this class of workflow-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class FlowNode extends hudson.model.Actionable {
    public final org.jenkinsci.plugins.workflow.actions.ErrorAction getError() {
        throw new UnsupportedOperationException();
    }

    public String getId() {
        throw new UnsupportedOperationException();
    }

    private FlowNode() {
        throw new UnsupportedOperationException();
    }
}
