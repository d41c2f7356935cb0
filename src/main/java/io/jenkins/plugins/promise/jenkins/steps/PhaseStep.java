package io.jenkins.plugins.promise.jenkins.steps;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.orchestration.StepException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The step {@code phase}: the workers declared in its body run at the same time. */
public final class PhaseStep extends Step {
    private final String name;
    private boolean propagate = true;
    private boolean failFast;

    /** A phase of that name. */
    @DataBoundConstructor
    public PhaseStep(String name) {
        this.name = name;
    }

    /** Its name, which is that of its stage. */
    public String getName() {
        return name;
    }

    /** Whether a failed worker makes the phase fail. */
    public boolean isPropagate() {
        return propagate;
    }

    /** Sets whether a failed worker makes the phase fail. */
    @DataBoundSetter
    public void setPropagate(boolean propagate) {
        this.propagate = propagate;
    }

    /** Whether a failed worker ends the others at once. */
    public boolean isFailFast() {
        return failFast;
    }

    /** Sets whether a failed worker ends the others at once. */
    @DataBoundSetter
    public void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        if (context.get(PhaseDeclaration.class) != null) {
            throw new AbortException(Messages.PhaseStep_Nested(name));
        }
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("propagate", propagate);
        options.put("failFast", failFast);
        try {
            return new PhaseExecution(context, PhaseDeclaration.of(name, options), true);
        } catch (StepException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends OrchestrationStepDescriptor {
        @Override
        public String getFunctionName() {
            return "phase";
        }

        @Override
        public String getDisplayName() {
            return Messages.PhaseStep_DisplayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(PhaseDeclaration.class);
        }
    }
}
