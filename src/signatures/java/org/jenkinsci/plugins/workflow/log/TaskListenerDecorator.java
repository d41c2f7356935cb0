package org.jenkinsci.plugins.workflow.log;

/** What promise jobs use of this class of workflow-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class TaskListenerDecorator implements java.io.Serializable {
    public TaskListenerDecorator() {
        throw new UnsupportedOperationException();
    }

    public abstract java.io.OutputStream decorate(java.io.OutputStream logger)
            throws java.io.IOException, InterruptedException;

    /** See the class around it. */
    public interface Factory {
        org.jenkinsci.plugins.workflow.log.TaskListenerDecorator of(
                org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner owner);
    }
}
