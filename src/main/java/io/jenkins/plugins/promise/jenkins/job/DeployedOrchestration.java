package io.jenkins.plugins.promise.jenkins.job;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.JobPropertyDescriptor;
import hudson.security.ACL;
import io.jenkins.plugins.promise.jenkins.Messages;
import org.jenkinsci.plugins.workflow.job.WorkflowJobProperty;

/** Marks a Pipeline job as a deployed version, which never changes. */
public final class DeployedOrchestration extends WorkflowJobProperty {
    @Override
    public ACL decorateACL(ACL acl) {
        return PromiseContract.versionOf(owner).isPresent() ? new ImmutableAcl(owner, acl) : acl;
    }

    /** Offered in no form: only a deployment makes such jobs. */
    @Extension
    public static final class DescriptorImpl extends JobPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.DeployedOrchestration_DisplayName();
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public boolean isApplicable(Class<? extends Job> jobType) {
            return false;
        }
    }
}
