package io.jenkins.plugins.promise.jenkins.job;

import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * What New Item calls a promise orchestration: a Pipeline job with a contract and a script of phases. {@link WorkflowJob}
 * is final, so this is a name for New Item only and is never instantiated.
 */
public abstract class PromiseOrchestration implements TopLevelItem {
    private PromiseOrchestration() {}

    /** The job of a deployed version, for that place. */
    public static WorkflowJob create(Deployed deployed, ItemGroup<?> place) throws IOException {
        WorkflowJob job = new WorkflowJob(place, deployed.version());
        job.onCreatedFromScratch();
        job.setDescription(deployed.about());
        job.addProperty(PromiseContract.of(deployed));
        job.addProperty(new DeployedOrchestration());
        DeployedKeep.apply(job, deployed.contract().keep());
        job.setDefinition(new PromiseScript(""));
        return job;
    }

    /** Offers it in New Item. */
    @Extension
    @Symbol("promiseOrchestration")
    public static final class DescriptorImpl extends TopLevelItemDescriptor {
        private static final Logger LOGGER = Logger.getLogger(DescriptorImpl.class.getName());

        /** The descriptor of a class that is not instantiated. */
        public DescriptorImpl() {
            super(PromiseOrchestration.class);
        }

        @Override
        public String getDisplayName() {
            return Messages.PromiseOrchestration_DisplayName();
        }

        @Override
        public String getDescription() {
            return Messages.PromiseOrchestration_Description();
        }

        @Override
        public String getIconClassName() {
            return "symbol-git-network-outline plugin-ionicons-api";
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public TopLevelItem newInstance(ItemGroup parent, String name) {
            WorkflowJob job = new WorkflowJob(parent, name);
            job.setDefinition(new PromiseScript(Messages.PromiseOrchestration_Sample()));
            try {
                job.addProperty(new PromiseContract(new ArrayList<>()));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "the new job " + name + " begins without a contract", e);
            }
            return job;
        }
    }
}
