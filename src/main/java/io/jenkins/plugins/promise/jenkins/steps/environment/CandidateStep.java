package io.jenkins.plugins.promise.jenkins.steps.environment;

import hudson.Extension;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.steps.OrchestrationStepDescriptor;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentArguments;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The step {@code candidate}: makes one of commits, or tells what became of one. */
public final class CandidateStep extends Step {
    private final String environment;
    private Map<String, Object> commits;
    private Long number;

    /** For that environment. */
    @DataBoundConstructor
    public CandidateStep(String environment) {
        this.environment = environment;
    }

    /** The environment's name. */
    public String getEnvironment() {
        return environment;
    }

    /** The commits that it brings, by component; null to look at one that there is. */
    public Map<String, Object> getCommits() {
        return commits;
    }

    /** Sets the commits. */
    @DataBoundSetter
    public void setCommits(Map<String, Object> commits) {
        this.commits = commits == null ? null : new LinkedHashMap<>(commits);
    }

    /** The number of one that there is; null for a new one. */
    public Long getNumber() {
        return number;
    }

    /** Sets the number. */
    @DataBoundSetter
    public void setNumber(Long number) {
        this.number = number;
    }

    @Override
    public StepExecution start(StepContext context) {
        Map<String, Object> arguments = Given.of("environment", environment, "commits", commits, "number", number);
        return new AskExecution(
                context,
                commits == null ? Jenkins.READ : PromisePermissions.RELEASE,
                lease -> EnvironmentArguments.candidate(arguments));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends OrchestrationStepDescriptor {
        @Override
        public String getFunctionName() {
            return "candidate";
        }

        @Override
        public String getDisplayName() {
            return Messages.CandidateStep_DisplayName();
        }
    }
}
