package org.jenkinsci.plugins.workflow.job;

/** What promise jobs use of this class of workflow-job; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class WorkflowRun
        extends hudson.model.Run<
                org.jenkinsci.plugins.workflow.job.WorkflowJob, org.jenkinsci.plugins.workflow.job.WorkflowRun>
        implements org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner.Executable {
    public org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner asFlowExecutionOwner() {
        throw new UnsupportedOperationException();
    }

    public void doKill() {
        throw new UnsupportedOperationException();
    }

    private WorkflowRun() throws java.io.IOException {
        super(null);
        throw new UnsupportedOperationException();
    }
}
