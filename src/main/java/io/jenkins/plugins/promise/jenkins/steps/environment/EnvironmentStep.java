package io.jenkins.plugins.promise.jenkins.steps.environment;

import hudson.Extension;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.steps.OrchestrationStepDescriptor;
import io.jenkins.plugins.promise.orchestration.environment.HeldLease;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code environment}: its body has the environment for itself. */
public final class EnvironmentStep extends Step {
    private final String name;

    /** For the environment of that name. */
    @DataBoundConstructor
    public EnvironmentStep(String name) {
        this.name = name;
    }

    /** The environment's name. */
    public String getName() {
        return name;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new EnvironmentExecution(context, name);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends OrchestrationStepDescriptor {
        @Override
        public String getFunctionName() {
            return "environment";
        }

        @Override
        public String getDisplayName() {
            return Messages.EnvironmentStep_DisplayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(HeldLease.class);
        }
    }
}
