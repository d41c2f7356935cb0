package io.jenkins.plugins.promise.jenkins.steps.environment;

import hudson.Extension;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.steps.OrchestrationStepDescriptor;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentArguments;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code manifest}: the id of what an environment has, with some commits changed. */
public final class ManifestStep extends Step {
    private final String environment;
    private final Map<String, Object> commits;

    /** Of that environment with those commits, by component. */
    @DataBoundConstructor
    public ManifestStep(String environment, Map<String, Object> commits) {
        this.environment = environment;
        this.commits = commits == null ? null : new LinkedHashMap<>(commits);
    }

    /** The environment's name. */
    public String getEnvironment() {
        return environment;
    }

    /** The commits, by component. */
    public Map<String, Object> getCommits() {
        return commits;
    }

    @Override
    public StepExecution start(StepContext context) {
        Map<String, Object> arguments = Given.of("environment", environment, "commits", commits);
        return new AskExecution(context, Jenkins.READ, lease -> EnvironmentArguments.manifest(arguments));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends OrchestrationStepDescriptor {
        @Override
        public String getFunctionName() {
            return "manifest";
        }

        @Override
        public String getDisplayName() {
            return Messages.ManifestStep_DisplayName();
        }
    }
}
