package org.jenkinsci.plugins.workflow.steps;

/** What promise jobs use of this class of workflow-step-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class BodyInvoker {
    public abstract org.jenkinsci.plugins.workflow.steps.BodyExecution start();

    public abstract org.jenkinsci.plugins.workflow.steps.BodyInvoker withCallback(
            org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback callback);

    public abstract org.jenkinsci.plugins.workflow.steps.BodyInvoker withContext(Object override);

    private BodyInvoker() {
        throw new UnsupportedOperationException();
    }
}
