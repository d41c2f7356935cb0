package org.jenkinsci.plugins.workflow.steps;

/** What promise jobs use of this class of workflow-step-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class StepContext
        implements com.google.common.util.concurrent.FutureCallback<Object>, java.io.Serializable {
    public abstract <T> T get(Class<T> key) throws java.io.IOException, InterruptedException;

    public abstract org.jenkinsci.plugins.workflow.steps.BodyInvoker newBodyInvoker() throws IllegalStateException;

    public abstract void onSuccess(Object result);

    private StepContext() {
        throw new UnsupportedOperationException();
    }
}
