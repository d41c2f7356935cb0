package org.jenkinsci.plugins.workflow.flow;

/** What promise jobs use of this class of workflow-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class FlowDefinitionDescriptor
        extends hudson.model.Descriptor<org.jenkinsci.plugins.workflow.flow.FlowDefinition> {
    public FlowDefinitionDescriptor() {
        throw new UnsupportedOperationException();
    }
}
