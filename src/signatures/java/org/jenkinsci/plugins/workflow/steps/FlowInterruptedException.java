package org.jenkinsci.plugins.workflow.steps;

/** What promise jobs use of this class of workflow-step-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class FlowInterruptedException extends InterruptedException {
    public FlowInterruptedException(hudson.model.Result result, jenkins.model.CauseOfInterruption... causes) {
        throw new UnsupportedOperationException();
    }

    public java.util.List<jenkins.model.CauseOfInterruption> getCauses() {
        throw new UnsupportedOperationException();
    }
}
