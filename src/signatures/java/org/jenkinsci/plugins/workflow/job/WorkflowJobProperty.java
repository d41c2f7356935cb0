package org.jenkinsci.plugins.workflow.job;

/** What promise jobs use of this class of workflow-job; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class WorkflowJobProperty
        extends hudson.model.JobProperty<org.jenkinsci.plugins.workflow.job.WorkflowJob> {
    public WorkflowJobProperty() {
        throw new UnsupportedOperationException();
    }

    public hudson.security.ACL decorateACL(hudson.security.ACL acl) {
        throw new UnsupportedOperationException();
    }
}
