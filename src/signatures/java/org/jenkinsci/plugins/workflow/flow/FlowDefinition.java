package org.jenkinsci.plugins.workflow.flow;

/** What promise jobs use of this class of workflow-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class FlowDefinition
        extends hudson.model.AbstractDescribableImpl<org.jenkinsci.plugins.workflow.flow.FlowDefinition> {
    public FlowDefinition() {
        throw new UnsupportedOperationException();
    }

    public org.jenkinsci.plugins.workflow.flow.FlowExecution create(
            org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner handle,
            hudson.model.TaskListener listener,
            java.util.List<? extends hudson.model.Action> actions)
            throws Exception {
        throw new UnsupportedOperationException();
    }

    public org.jenkinsci.plugins.workflow.flow.FlowDefinitionDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
