package io.jenkins.plugins.promise.jenkins.job;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction2;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDefinitionDescriptor;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.kohsuke.stapler.DataBoundConstructor;

/** An orchestration's script, inline or of the deployed version that the job is; always sandboxed. */
public final class PromiseScript extends FlowDefinition {
    private final String script;

    /** An inline script; that of a deployed version is kept with the version. */
    @DataBoundConstructor
    public PromiseScript(String script) {
        this.script = script;
    }

    /** The inline script. */
    public String getScript() {
        return script;
    }

    @Override
    public FlowExecution create(FlowExecutionOwner owner, TaskListener listener, List<? extends Action> actions)
            throws IOException {
        Optional<String> version = version(owner);
        if (version.isPresent()) {
            return new CpsFlowExecution(
                    JenkinsController.get().versions().source(version.get()).text(), true, owner);
        }
        for (Action action : actions) {
            // A replay brings the script that somebody has edited for it.
            if (action instanceof CpsFlowFactoryAction2 replay) {
                return replay.create(this, owner, actions);
            }
        }
        return new CpsFlowExecution(script, true, owner);
    }

    private static Optional<String> version(FlowExecutionOwner owner) throws IOException {
        return owner.getExecutable() instanceof Run<?, ?> run
                ? PromiseContract.versionOf(run.getParent())
                : Optional.empty();
    }

    /** Offered for Pipeline jobs. */
    @Extension
    @Symbol("promiseScript")
    public static final class DescriptorImpl extends FlowDefinitionDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.PromiseScript_DisplayName();
        }
    }
}
