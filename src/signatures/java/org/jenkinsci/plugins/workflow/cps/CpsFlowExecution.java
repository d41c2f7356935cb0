package org.jenkinsci.plugins.workflow.cps;

/** What promise jobs use of this class of workflow-cps; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class CpsFlowExecution extends org.jenkinsci.plugins.workflow.flow.FlowExecution {
    public CpsFlowExecution(
            String script, boolean sandbox, org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner owner)
            throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner getOwner() {
        throw new UnsupportedOperationException();
    }

    public java.util.List<org.jenkinsci.plugins.workflow.graph.FlowNode> getCurrentHeads() {
        throw new UnsupportedOperationException();
    }

    public void interrupt(hudson.model.Result result, jenkins.model.CauseOfInterruption... causes)
            throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
