package org.jenkinsci.plugins.workflow.steps;

/** What promise jobs use of this class of workflow-step-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class EnvironmentExpander implements java.io.Serializable {
    public EnvironmentExpander() {
        throw new UnsupportedOperationException();
    }

    public abstract void expand(hudson.EnvVars env) throws java.io.IOException, InterruptedException;

    public java.util.Set<String> getSensitiveVariables() {
        throw new UnsupportedOperationException();
    }

    public static org.jenkinsci.plugins.workflow.steps.EnvironmentExpander merge(
            org.jenkinsci.plugins.workflow.steps.EnvironmentExpander original,
            org.jenkinsci.plugins.workflow.steps.EnvironmentExpander subsequent) {
        throw new UnsupportedOperationException();
    }
}
