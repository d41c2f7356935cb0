package org.jenkinsci.plugins.workflow.steps;

/** What promise jobs use of this class of workflow-step-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class StepDescriptor extends hudson.model.Descriptor<org.jenkinsci.plugins.workflow.steps.Step> {
    public StepDescriptor() {
        throw new UnsupportedOperationException();
    }

    public abstract String getFunctionName();

    public java.util.Set<? extends Class<?>> getProvidedContext() {
        throw new UnsupportedOperationException();
    }

    public abstract java.util.Set<? extends Class<?>> getRequiredContext();

    public boolean isAdvanced() {
        throw new UnsupportedOperationException();
    }

    public boolean takesImplicitBlockArgument() {
        throw new UnsupportedOperationException();
    }
}
