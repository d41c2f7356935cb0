package io.jenkins.plugins.promise.jenkins.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The step {@code report}: what the promise will be settled with when the build ends; the last one counts. */
public final class ReportStep extends Step {
    private String status;
    private String reason;
    private Object data;

    /** A report of success without data. */
    @DataBoundConstructor
    public ReportStep() {
        // Everything has a default.
    }

    /** SUCCESS or FAILURE; null for SUCCESS. */
    public String getStatus() {
        return status;
    }

    /** Sets the status. */
    @DataBoundSetter
    public void setStatus(String status) {
        this.status = Util.fixEmptyAndTrim(status);
    }

    /** One line for people; null to tell how many workers ran. */
    public String getReason() {
        return reason;
    }

    /** Sets the line for people. */
    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    /** Maps, lists, texts, numbers and booleans; null for none. */
    public Object getData() {
        return data;
    }

    /** Sets the data. */
    @DataBoundSetter
    public void setData(Object data) {
        this.data = data;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("status", status);
        arguments.put("reason", reason);
        arguments.put("data", data);
        try {
            return new Execution(context, ReportedOutcome.of(arguments));
        } catch (StepException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Notes the report with the build, and goes on at once. */
    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1;

        private final transient ReportedOutcome outcome;

        private Execution(StepContext context, ReportedOutcome outcome) {
            super(context);
            this.outcome = outcome;
        }

        @Override
        public boolean start() throws Exception {
            Run<?, ?> run = getContext().get(Run.class);
            BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
            if (action == null) {
                throw new AbortException(Messages.PhaseExecution_NoPromise());
            }
            action.report(outcome);
            run.save();
            if (outcome.status() == ReportStatus.FAILURE) {
                run.setResult(Result.FAILURE);
            }
            getContext().onSuccess(null);
            return true;
        }
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "report";
        }

        @Override
        public String getDisplayName() {
            return Messages.ReportStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class);
        }

        /** The two. */
        public ListBoxModel doFillStatusItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("SUCCESS");
            items.add("FAILURE");
            return items;
        }
    }
}
