package io.jenkins.plugins.promise.jenkins.build;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.files.GivenArtifacts;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.report.ReportReader;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.report.files.NotKept;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * Runs a worker's script: with bash, or what its first line says. That of a deployed version is brought to the agent with
 * all its files, whose folder is {@code PROMISE_JOB_DIR}.
 */
public final class WorkerScript extends Builder implements SimpleBuildStep {
    private static final int EXECUTABLE = 0755;

    private final String script;

    /** An inline script; that of a deployed version is kept with the version. */
    @DataBoundConstructor
    public WorkerScript(String script) {
        this.script = script;
    }

    /** The inline script. */
    public String getScript() {
        return script;
    }

    @Override
    public void perform(
            Run<?, ?> run, FilePath workspace, EnvVars environment, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        workspace.mkdirs();
        workspace.child(ReportReader.FILE).delete();
        fill(run, workspace, listener);
        FilePath beside = WorkspaceList.tempDir(workspace);
        if (beside == null) {
            throw new IOException("there is no room for temporary files beside " + workspace.getRemote());
        }
        beside.mkdirs();
        FilePath folder = beside.createTempDir("promise", null);
        try {
            int code = launcher.launch()
                    .cmds(command(run, folder))
                    .envs(with(environment, folder))
                    .stdout(listener)
                    .pwd(workspace)
                    .quiet(true)
                    .join();
            BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
            if (action != null) {
                action.exited(code);
            }
            if (code != 0) {
                throw new AbortException("exit code " + code);
            }
        } finally {
            folder.deleteRecursive();
        }
    }

    /** What an earlier build has left of what is produced now is deleted; what the worker was called with is brought. */
    private static void fill(Run<?, ?> run, FilePath workspace, TaskListener listener)
            throws IOException, InterruptedException {
        GivenArtifacts given = new GivenArtifacts(JenkinsController.get(), workspace);
        given.clear(produces(run));
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        if (action == null) {
            return;
        }
        try {
            given.bring(action.getPromise(), listener);
        } catch (NotKept e) {
            action.report(
                    new ReportedOutcome(ReportStatus.FAILURE, "the script cannot be started: " + e.getMessage(), null));
            throw new AbortException(e.getMessage());
        }
    }

    /** Which files the deployed version that a build is of says it produces. */
    static List<String> produces(Run<?, ?> run) throws IOException {
        Optional<String> version = PromiseContract.versionOf(run.getParent());
        return version.isEmpty()
                ? List.of()
                : JenkinsController.get()
                        .versions()
                        .deployed(version.get())
                        .contract()
                        .produces();
    }

    private static EnvVars with(EnvVars environment, FilePath folder) {
        EnvVars all = new EnvVars(environment);
        all.put("PROMISE_JOB_DIR", folder.getRemote());
        return all;
    }

    private List<String> command(Run<?, ?> run, FilePath folder) throws IOException, InterruptedException {
        Optional<String> version = PromiseContract.versionOf(run.getParent());
        if (version.isEmpty()) {
            FilePath file = folder.child("script");
            file.write(script.replace("\r\n", "\n"), StandardCharsets.UTF_8.name());
            file.chmod(EXECUTABLE);
            return command(file, script.startsWith("#!"));
        }
        Deployed deployed = JenkinsController.get().versions().deployed(version.get());
        Path files = JenkinsController.get().versions().files(deployed);
        new FilePath(files.toFile()).copyRecursiveTo(folder);
        FilePath file = folder.child(deployed.script());
        String head = Files.readString(files.resolve(deployed.script()), StandardCharsets.ISO_8859_1);
        return command(file, head.startsWith("#!"));
    }

    private static List<String> command(FilePath file, boolean shebang) {
        List<String> command = new ArrayList<>();
        if (!shebang) {
            command.add("bash");
        }
        command.add(file.getRemote());
        return command;
    }

    /** Offered for jobs that run on a node. */
    @Extension
    @Symbol("workerScript")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public String getDisplayName() {
            return Messages.WorkerScript_DisplayName();
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return PromiseWorker.class.equals(jobType);
        }
    }
}
