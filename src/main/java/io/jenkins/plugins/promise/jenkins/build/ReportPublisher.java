package io.jenkins.plugins.promise.jenkins.build;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Publisher;
import hudson.tasks.Recorder;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.config.ProducedFilesConfiguration;
import io.jenkins.plugins.promise.jenkins.files.ProducedArtifacts;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.report.BuildResult;
import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportFile;
import io.jenkins.plugins.promise.report.ReportReader;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.report.files.NotKept;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;
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
    private static final Logger LOGGER = Logger.getLogger(ReportPublisher.class.getName());

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
        Run<?, ?> whole = run instanceof AbstractBuild<?, ?> build ? build.getRootBuild() : run;
        BuildPromiseAction action = whole.getAction(BuildPromiseAction.class);
        if (action == null) {
            listener.getLogger().println("promise jobs: this build has no promise, nothing to settle");
            return;
        }
        Promises promises = JenkinsController.get().promises();
        ReportFile report = workspace.act(new Reading(file, ReportReader.DEFAULT_MAX_BYTES));
        if (whole != run) {
            part(run, report, action, listener);
            return;
        }
        BuildOutcome build = new BuildOutcome(run, promises);
        Outcome outcome = new ReportReader(ReportReader.DEFAULT_MAX_BYTES).read(report, build.result());
        if (outcome.status() == ReportStatus.SUCCESS) {
            keepProduced(run, action, workspace, launcher, listener);
        }
        if (report.missing()) {
            listener.getLogger().println("promise jobs: there is no " + file + "; the build's result decides");
            return;
        }
        keep(run, report, action.getPromise());
        boolean settled = promises.settle(action.getPromise(), outcome.withLog(build.log()));
        listener.getLogger()
                .println("promise jobs: " + outcome.status() + ", " + outcome.reason()
                        + (settled ? "" : " (the promise was settled before)"));
    }

    /** What a part of a build reports, as a configuration of a matrix does, is told when the whole build has ended. */
    private static void part(Run<?, ?> run, ReportFile report, BuildPromiseAction action, TaskListener listener)
            throws IOException {
        if (report.missing()) {
            return;
        }
        String part = run.getParent().getName();
        boolean good = run.getResult() == null || Result.SUCCESS.equals(run.getResult());
        Outcome outcome = new ReportReader(ReportReader.DEFAULT_MAX_BYTES)
                .read(report, new BuildResult(good, good ? "it ended with success" : "it ended with failure"));
        action.partReported(part, masker(action.getPromise()).mask(outcome));
        listener.getLogger().println("promise jobs: for " + part + " " + outcome.status() + ", " + outcome.reason());
    }

    private static Masker masker(String promise) throws IOException {
        Promises promises = JenkinsController.get().promises();
        try {
            return new Masker(promises.secrets().values(promises.find(promise)));
        } catch (Refused e) {
            throw new IOException("the build's promise is gone", e);
        }
    }

    /** What a worker produces is kept before it settles: who is told that it is done may ask for it. */
    private static void keepProduced(
            Run<?, ?> run, BuildPromiseAction action, FilePath workspace, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        List<String> produces = WorkerScript.produces(run);
        if (produces.isEmpty()) {
            return;
        }
        try {
            new ProducedArtifacts(run)
                    .keep(
                            workspace,
                            launcher,
                            listener,
                            produces,
                            ProducedFilesConfiguration.get().limits());
        } catch (NotKept e) {
            throw failed(action, "what it produced is not kept: " + e.getMessage());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "what " + run + " produced could not be kept", e);
            throw failed(action, "what it produced could not be kept: " + e.getMessage());
        }
    }

    /** If it was the agent that went away meanwhile, the promise gets another build all the same. */
    private static AbortException failed(BuildPromiseAction action, String reason) {
        action.report(new ReportedOutcome(ReportStatus.FAILURE, reason, null));
        return new AbortException(reason);
    }

    /** Keeps the file with the build, secret inputs masked. */
    private static void keep(Run<?, ?> run, ReportFile report, String promise) throws IOException {
        Optional<byte[]> content = report.content();
        if (content.isPresent()) {
            String text = new String(content.get(), StandardCharsets.UTF_8);
            Files.writeString(
                    run.getRootDir().toPath().resolve(ReportReader.FILE),
                    masker(promise).mask(text));
        }
    }

    /** Reads the report on the machine that the workspace is on. */
    private static final class Reading extends MasterToSlaveFileCallable<ReportFile> {
        private static final long serialVersionUID = 1;

        private final String name;
        private final int maxBytes;

        private Reading(String name, int maxBytes) {
            this.name = name;
            this.maxBytes = maxBytes;
        }

        @Override
        public ReportFile invoke(File workspace, VirtualChannel channel) {
            return ReportFile.read(workspace.toPath(), name, maxBytes);
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
