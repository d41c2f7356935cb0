package org.jenkinsci.plugins.workflow.job;

/** What promise jobs use of this class of workflow-job; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class WorkflowJob
        extends hudson.model.Job<
                org.jenkinsci.plugins.workflow.job.WorkflowJob, org.jenkinsci.plugins.workflow.job.WorkflowRun>
        implements jenkins.model.ParameterizedJobMixIn.ParameterizedJob<
                        org.jenkinsci.plugins.workflow.job.WorkflowJob, org.jenkinsci.plugins.workflow.job.WorkflowRun>,
                hudson.model.TopLevelItem,
                hudson.model.Queue.FlyweightTask {
    public WorkflowJob(hudson.model.ItemGroup parent, String name) {
        super(null, null);
        throw new UnsupportedOperationException();
    }

    public void addProperty(hudson.model.JobProperty jobProp) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public org.jenkinsci.plugins.workflow.flow.FlowDefinition getDefinition() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.TopLevelItemDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }

    public boolean isBuildable() {
        throw new UnsupportedOperationException();
    }

    public void onCreatedFromScratch() {
        throw new UnsupportedOperationException();
    }

    public void setDefinition(org.jenkinsci.plugins.workflow.flow.FlowDefinition definition) {
        throw new UnsupportedOperationException();
    }
}
