package org.jenkinsci.plugins.workflow.cps;

/** What promise jobs use of this class of workflow-cps; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface CpsFlowFactoryAction2 extends hudson.model.Action {
    org.jenkinsci.plugins.workflow.cps.CpsFlowExecution create(
            org.jenkinsci.plugins.workflow.flow.FlowDefinition def,
            org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner owner,
            java.util.List<? extends hudson.model.Action> actions)
            throws java.io.IOException;
}
