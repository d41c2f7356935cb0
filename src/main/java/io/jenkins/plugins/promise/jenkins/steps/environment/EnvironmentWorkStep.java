package io.jenkins.plugins.promise.jenkins.steps.environment;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.steps.OrchestrationStepDescriptor;
import io.jenkins.plugins.promise.jenkins.steps.PhaseDeclaration;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentArguments;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import io.jenkins.plugins.promise.orchestration.environment.HeldLease;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What {@code integrate} and {@code release} are made of: begins the work that one of them is, checks that an act of it was
 * declared, or tells what came of a turn and returns the next. Scripts call those two instead.
 */
public final class EnvironmentWorkStep extends Step {
    private Map<String, Object> integrate;
    private Map<String, Object> release;
    private Map<String, Object> act;
    private int acts;
    private int turn;
    private List<Object> results;

    /** Does nothing without one of the arguments. */
    @DataBoundConstructor
    public EnvironmentWorkStep() {
        // Each use gives others.
    }

    /** Begins a test of the next candidate: the plan, by component; null for another use. */
    public Map<String, Object> getIntegrate() {
        return integrate;
    }

    /** Sets the plan of a test. */
    @DataBoundSetter
    public void setIntegrate(Map<String, Object> integrate) {
        this.integrate = integrate == null ? null : new LinkedHashMap<>(integrate);
    }

    /** Begins a release: its arguments; null for another use. */
    public Map<String, Object> getRelease() {
        return release;
    }

    /** Sets the arguments of a release. */
    @DataBoundSetter
    public void setRelease(Map<String, Object> release) {
        this.release = release == null ? null : new LinkedHashMap<>(release);
    }

    /** The act that was given to the body last; null for another use. */
    public Map<String, Object> getAct() {
        return act;
    }

    /** Sets that act. */
    @DataBoundSetter
    public void setAct(Map<String, Object> act) {
        this.act = act == null ? null : new LinkedHashMap<>(act);
    }

    /** How many acts the body was given so far. */
    public int getActs() {
        return acts;
    }

    /** Sets how many acts the body was given. */
    @DataBoundSetter
    public void setActs(int acts) {
        this.acts = acts;
    }

    /** Of the work whose results are told. */
    public int getTurn() {
        return turn;
    }

    /** Sets the turn. */
    @DataBoundSetter
    public void setTurn(int turn) {
        this.turn = turn;
    }

    /** What the phase of a turn returned, in the order of its acts; null for another use. */
    public List<Object> getResults() {
        return results;
    }

    /** Sets what the phase of a turn returned. */
    @DataBoundSetter
    public void setResults(List<Object> results) {
        this.results = results == null ? null : new ArrayList<>(results);
    }

    @Override
    public StepExecution start(StepContext context) {
        return act == null
                ? new AskExecution(context, PromisePermissions.RELEASE, this::call)
                : new Declared(context, act, acts);
    }

    private EnvironmentCall call(HeldLease lease) {
        if (integrate != null) {
            return EnvironmentArguments.integrate(integrate, lease);
        }
        if (release != null) {
            return EnvironmentArguments.release(release, lease);
        }
        if (results == null) {
            throw new StepException("environmentWork is what integrate and release are made of; call one of them");
        }
        return EnvironmentArguments.told(turn, results, lease);
    }

    /** Checks that an act was declared, and goes on at once. */
    private static final class Declared extends StepExecution {
        private static final long serialVersionUID = 1;

        private final transient Map<String, Object> act;
        private final transient int acts;

        private Declared(StepContext context, Map<String, Object> act, int acts) {
            super(context);
            this.act = act;
            this.acts = acts;
        }

        @Override
        public boolean start() throws Exception {
            PhaseDeclaration phase = getContext().get(PhaseDeclaration.class);
            try {
                EnvironmentArguments.declared(act, acts, phase == null ? 0 : phase.size());
            } catch (StepException e) {
                throw new AbortException(e.getMessage());
            }
            getContext().onSuccess(null);
            return true;
        }
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends OrchestrationStepDescriptor {
        @Override
        public String getFunctionName() {
            return "environmentWork";
        }

        @Override
        public String getDisplayName() {
            return Messages.EnvironmentWorkStep_DisplayName();
        }

        @Override
        public boolean isAdvanced() {
            return true;
        }
    }
}
