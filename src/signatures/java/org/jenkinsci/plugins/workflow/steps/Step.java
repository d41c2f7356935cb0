package org.jenkinsci.plugins.workflow.steps;

/** What promise jobs use of this class of workflow-step-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Step extends hudson.model.AbstractDescribableImpl<org.jenkinsci.plugins.workflow.steps.Step> {
    public Step() {
        throw new UnsupportedOperationException();
    }

    public org.jenkinsci.plugins.workflow.steps.StepDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }

    public abstract org.jenkinsci.plugins.workflow.steps.StepExecution start(
            org.jenkinsci.plugins.workflow.steps.StepContext context) throws Exception;
}
