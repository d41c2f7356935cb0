package io.jenkins.plugins.promise.jenkins.steps.environment;

import hudson.Extension;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.steps.OrchestrationStepDescriptor;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentArguments;
import java.time.Instant;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code approval}: waits until somebody has approved a manifest. */
public final class ApprovalStep extends Step {
    private final String environment;
    private final String manifest;

    /** For that manifest to come to that environment. */
    @DataBoundConstructor
    public ApprovalStep(String environment, String manifest) {
        this.environment = environment;
        this.manifest = manifest;
    }

    /** The environment's name. */
    public String getEnvironment() {
        return environment;
    }

    /** The manifest's id. */
    public String getManifest() {
        return manifest;
    }

    @Override
    public StepExecution start(StepContext context) {
        Map<String, Object> arguments = Given.of("environment", environment, "manifest", manifest);
        return new AskExecution(
                context, Jenkins.READ, lease -> EnvironmentArguments.approval(arguments, Instant.now()));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends OrchestrationStepDescriptor {
        @Override
        public String getFunctionName() {
            return "approval";
        }

        @Override
        public String getDisplayName() {
            return Messages.ApprovalStep_DisplayName();
        }
    }
}
