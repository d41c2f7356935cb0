package org.jenkinsci.plugins.workflow.steps;

/** What promise jobs use of this class of workflow-step-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class StepExecution implements java.io.Serializable {
    protected StepExecution(org.jenkinsci.plugins.workflow.steps.StepContext context) {
        throw new UnsupportedOperationException();
    }

    public org.jenkinsci.plugins.workflow.steps.StepContext getContext() {
        throw new UnsupportedOperationException();
    }

    public String getStatus() {
        throw new UnsupportedOperationException();
    }

    public void onResume() {
        throw new UnsupportedOperationException();
    }

    public abstract boolean start() throws Exception;

    public void stop(Throwable cause) throws Exception {
        throw new UnsupportedOperationException();
    }
}
