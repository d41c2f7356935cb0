package io.jenkins.plugins.promise.jenkins.job;

import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.Label;
import hudson.model.Project;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.build.PromiseWorkerBuild;
import io.jenkins.plugins.promise.jenkins.build.ReportPublisher;
import io.jenkins.plugins.promise.jenkins.build.WorkerScript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/** A job with a contract, a script and the report publisher. */
public final class PromiseWorker extends Project<PromiseWorker, PromiseWorkerBuild> implements TopLevelItem {
    /** A worker without a script. */
    public PromiseWorker(ItemGroup<?> parent, String name) {
        super(parent, name);
    }

    /** The job of a deployed version, for that place. */
    static PromiseWorker create(Deployed deployed, ItemGroup<?> place) throws IOException {
        PromiseWorker job = new PromiseWorker(place, deployed.version());
        job.onCreatedFromScratch();
        job.setDescription(deployed.about());
        job.setConcurrentBuild(true);
        job.addProperty(PromiseContract.of(deployed));
        DeployedKeep.apply(job, deployed.contract().keep());
        // Without this a job that is made before there are agents would never use one.
        job.setAssignedLabel(deployed.label() == null ? null : Label.get(deployed.label()));
        job.getBuildersList().add(new WorkerScript(""));
        job.getPublishersList().add(new ReportPublisher());
        return job;
    }

    /**
     * Jenkins numbers a build with its queue locked, and would have everybody wait there until the disk has the number for
     * certain. What a crash takes of this file is found again from the builds when the job is loaded.
     */
    @Override
    protected synchronized void saveNextBuildNumber() throws IOException {
        if (nextBuildNumber == 0) {
            nextBuildNumber = 1;
        }
        // In place: of a file that is made empty first, the disk is waited for too, by the file system itself.
        try (FileChannel file = FileChannel.open(
                getRootDir().toPath().resolve("nextBuildNumber"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            ByteBuffer text = StandardCharsets.US_ASCII.encode(nextBuildNumber + "\n");
            while (text.hasRemaining()) {
                file.write(text);
            }
            file.truncate(file.position());
        }
    }

    @Override
    protected Class<PromiseWorkerBuild> getBuildClass() {
        return PromiseWorkerBuild.class;
    }

    @Override
    public DescriptorImpl getDescriptor() {
        return (DescriptorImpl) Jenkins.get().getDescriptorOrDie(getClass());
    }

    /** A deployed version never changes. */
    @Override
    public ACL getACL() {
        return PromiseContract.versionOf(this).isPresent() ? new ImmutableAcl(this, super.getACL()) : super.getACL();
    }

    /** Offers it in New Item. */
    @Extension
    @Symbol("promiseWorker")
    public static final class DescriptorImpl extends AbstractProjectDescriptor {
        private static final Logger LOGGER = Logger.getLogger(DescriptorImpl.class.getName());

        @Override
        public String getDisplayName() {
            return Messages.PromiseWorker_DisplayName();
        }

        @Override
        public String getDescription() {
            return Messages.PromiseWorker_Description();
        }

        @Override
        public String getIconClassName() {
            return "symbol-hammer-outline plugin-ionicons-api";
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public PromiseWorker newInstance(ItemGroup parent, String name) {
            PromiseWorker job = new PromiseWorker(parent, name);
            try {
                job.setConcurrentBuild(true);
                job.setAssignedLabel(null);
                job.addProperty(new PromiseContract(new ArrayList<>()));
                job.getBuildersList().add(new WorkerScript(""));
                job.getPublishersList().add(new ReportPublisher());
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "the new job " + name + " begins without a script", e);
            }
            return job;
        }
    }
}
