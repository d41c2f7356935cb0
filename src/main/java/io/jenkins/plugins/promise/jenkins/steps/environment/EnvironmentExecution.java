package io.jenkins.plugins.promise.jenkins.steps.environment;

import hudson.AbortException;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.steps.PhaseLog;
import io.jenkins.plugins.promise.jenkins.steps.StepPlace;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentArguments;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import io.jenkins.plugins.promise.orchestration.environment.HeldLease;
import java.io.IOException;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A body that has an environment for itself: its lease is waited for, and given back when the body has ended. What was asked
 * and not answered when the controller went is asked again.
 */
final class EnvironmentExecution extends StepExecution implements Asker {
    private static final long serialVersionUID = 1;

    private final String environment;
    private StepPlace place;
    private Question question;
    private HeldLease lease;
    private boolean begun;
    private Object result;
    private Throwable failure;
    /** Whether the step has ended; what comes later is nobody's. Not kept: a step that goes on after a restart has not. */
    private transient boolean over;

    EnvironmentExecution(StepContext context, String environment) {
        super(context);
        this.environment = environment;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        try {
            place = StepPlace.waiting(getContext(), PromisePermissions.RELEASE);
            TakenEnvironments taken = JenkinsController.get().takenEnvironments();
            EnvironmentCall take = EnvironmentArguments.take(environment, taken.of(place.build()), Instant.now());
            taken.add(place.build(), environment);
            question = new Question(place, take);
        } catch (StepException e) {
            throw new AbortException(e.getMessage());
        }
        ask();
        return false;
    }

    private void ask() {
        question.ask(new PhaseLog(getContext())::print, this);
    }

    @Override
    public void answered(EnvironmentAnswer answer) {
        boolean taken = question.call() instanceof EnvironmentCall.Take;
        if (answer instanceof EnvironmentAnswer.Refused refused) {
            fail(failure == null ? new AbortException(refused.why()) : failure);
        } else if (taken) {
            lease = new HeldLease(environment, ((Number) ((EnvironmentAnswer.Given) answer).value()).longValue());
            begin();
        } else if (failure != null) {
            fail(failure);
        } else if (over()) {
            getContext().onSuccess(result);
        }
    }

    @Override
    public void stopped(Throwable why) {
        fail(failure == null ? why : failure);
    }

    private void begin() {
        getContext()
                .newBodyInvoker()
                .withContext(lease)
                .withCallback(new Body(this))
                .start();
    }

    private void ended(Object value, Throwable why) {
        result = value;
        failure = why;
        question = new Question(place, new EnvironmentCall.GiveBack(environment, lease.fence()));
        ask();
    }

    private void fail(Throwable why) {
        if (over()) {
            getContext().onFailure(why);
        }
    }

    /** False if it had ended already: who stops it and who answers may come at the same time. */
    private synchronized boolean over() {
        boolean now = !over;
        over = true;
        if (now) {
            JenkinsController.get().takenEnvironments().remove(place.build(), environment);
        }
        return now;
    }

    @Override
    public void onResume() {
        JenkinsController.get().takenEnvironments().add(place.build(), environment);
        if (lease == null || question.call() instanceof EnvironmentCall.GiveBack) {
            ask();
        } else {
            question.goesOn();
            if (!begun) {
                begin();
            }
        }
    }

    @Override
    public void stop(Throwable cause) {
        if (lease == null) {
            question.withdraw();
            fail(cause);
        } else if (question.call() instanceof EnvironmentCall.GiveBack) {
            // It is given back first, which takes no time.
            failure = cause;
        } else {
            ended(null, cause);
        }
    }

    @Override
    public String getStatus() {
        return lease == null ? "waiting for the environment " + environment : "has the environment " + environment;
    }

    /** What is done under the lease. */
    private static final class Body extends BodyExecutionCallback {
        private static final long serialVersionUID = 1;

        private final EnvironmentExecution execution;

        private Body(EnvironmentExecution execution) {
            this.execution = execution;
        }

        @Override
        public void onStart(StepContext context) {
            execution.begun = true;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.ended(result, null);
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            execution.ended(null, cause);
        }
    }
}
