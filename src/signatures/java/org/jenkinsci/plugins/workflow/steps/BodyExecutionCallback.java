package org.jenkinsci.plugins.workflow.steps;

/** What promise jobs use of this class of workflow-step-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class BodyExecutionCallback implements java.io.Serializable {
    public BodyExecutionCallback() {
        throw new UnsupportedOperationException();
    }

    public void onStart(org.jenkinsci.plugins.workflow.steps.StepContext context) {
        throw new UnsupportedOperationException();
    }

    public abstract void onFailure(org.jenkinsci.plugins.workflow.steps.StepContext context, Throwable t);

    public abstract void onSuccess(org.jenkinsci.plugins.workflow.steps.StepContext context, Object result);
}
