package org.jenkinsci.plugins.workflow.flow;

/** What promise jobs use of this class of workflow-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class FlowExecutionOwner implements java.io.Serializable {
    public abstract org.jenkinsci.plugins.workflow.flow.FlowExecution get() throws java.io.IOException;

    public abstract hudson.model.Queue.Executable getExecutable() throws java.io.IOException;

    private FlowExecutionOwner() {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public interface Executable extends hudson.model.Queue.Executable {
        org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner asFlowExecutionOwner();
    }
}
