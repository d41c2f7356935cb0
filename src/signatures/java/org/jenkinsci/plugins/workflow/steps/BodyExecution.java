package org.jenkinsci.plugins.workflow.steps;

/** What promise jobs use of this class of workflow-step-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class BodyExecution implements java.io.Serializable {
    private BodyExecution() {
        throw new UnsupportedOperationException();
    }
}
