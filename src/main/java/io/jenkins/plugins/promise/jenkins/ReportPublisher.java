package io.jenkins.plugins.promise.jenkins;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Publisher;
import hudson.tasks.Recorder;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Settles the build's promise with the {@code report.json} in its workspace, and keeps that file with the build. It sends
 * nothing: deliveries are the courier's.
 */
@SuppressWarnings("unchecked") // what Recorder and Describable declare of getDescriptor differs in its type only
public final class ReportPublisher extends Recorder implements SimpleBuildStep {
    private String file = ReportReader.FILE;

    /** A publisher of {@code report.json} at the top of the workspace. */
    @DataBoundConstructor
    public ReportPublisher() {
        // Everything has a default.
    }

    /** The file, relative to the workspace. */
    public String getFile() {
        return file;
    }

    /** Sets the file. */
    @DataBoundSetter
    public void setFile(String file) {
        String given = Util.fixEmptyAndTrim(file);
        this.file = given == null ? ReportReader.FILE : given;
    }

    @Override
    public void perform(
            Run<?, ?> run, FilePath workspace, EnvVars environment, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        PromiseAction action = run.getAction(PromiseAction.class);
        FilePath report = workspace.child(file);
        if (action == null) {
            listener.getLogger().println("promise jobs: this build has no promise, nothing to settle");
            return;
        }
        if (!report.exists()) {
            listener.getLogger().println("promise jobs: there is no " + file + "; the build's result decides");
            return;
        }
        JenkinsController controller = JenkinsController.get();
        Promises promises = controller.promises();
        byte[] content = read(report, controller.reportBytes());
        keep(run, content, action.getPromise(), promises);
        BuildOutcome build = new BuildOutcome(run, promises);
        Outcome outcome = new ReportReader(controller.reportBytes())
                .read(new ByteArrayInputStream(content), build.result())
                .withLog(build.log());
        boolean settled = promises.settle(action.getPromise(), outcome);
        listener.getLogger()
                .println("promise jobs: " + outcome.status() + ", " + outcome.reason()
                        + (settled ? "" : " (the promise was settled before)"));
    }

    /** Keeps the file with the build, secret inputs masked. */
    private static void keep(Run<?, ?> run, byte[] content, String promise, Promises promises) throws IOException {
        try {
            String text = new String(content, StandardCharsets.UTF_8);
            Masker masker = new Masker(promises.secrets(promises.find(promise)));
            Files.writeString(run.getRootDir().toPath().resolve(ReportReader.FILE), masker.mask(text));
        } catch (Refused e) {
            throw new IOException("the build's promise is gone", e);
        }
    }

    /** One byte more than is allowed, so that the reader sees that it is too much. */
    private static byte[] read(FilePath report, int most) throws IOException, InterruptedException {
        try (InputStream in = report.read()) {
            return in.readNBytes(most + 1);
        }
    }

    @Override
    public BuildStepMonitor getRequiredMonitorService() {
        return BuildStepMonitor.NONE;
    }

    /** Offered for every job that runs on a node. */
    @Extension
    @Symbol("publishReport")
    public static final class DescriptorImpl extends BuildStepDescriptor<Publisher> {
        @Override
        public String getDisplayName() {
            return Messages.ReportPublisher_DisplayName();
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
