package io.jenkins.plugins.promise.jenkins.steps.environment;

import hudson.AbortException;
import hudson.security.Permission;
import io.jenkins.plugins.promise.jenkins.steps.PhaseLog;
import io.jenkins.plugins.promise.jenkins.steps.StepPlace;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import io.jenkins.plugins.promise.orchestration.environment.HeldLease;
import java.io.IOException;
import java.util.function.Function;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step that asks something of an environment, and goes on with the answer, however long that takes. */
final class AskExecution extends StepExecution implements Asker {
    private static final long serialVersionUID = 1;

    private final transient Permission needed;
    private final transient Function<HeldLease, EnvironmentCall> asks;
    private Question question;
    /** Whether the step has ended; what comes later is nobody's. Not kept: a step that goes on after a restart has not. */
    private transient boolean over;

    /**
     * A step that has not begun.
     *
     * @param needed what whoever the build acts for must be allowed
     * @param asks what is asked under the innermost lease, null for none; it may throw a {@link StepException}
     */
    AskExecution(StepContext context, Permission needed, Function<HeldLease, EnvironmentCall> asks) {
        super(context);
        this.needed = needed;
        this.asks = asks;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        try {
            StepPlace place = StepPlace.waiting(getContext(), needed);
            question = new Question(place, asks.apply(place.lease()));
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
        if (answer instanceof EnvironmentAnswer.Refused refused) {
            fail(new AbortException(refused.why()));
        } else if (over()) {
            getContext().onSuccess(((EnvironmentAnswer.Given) answer).value());
        }
    }

    @Override
    public void stopped(Throwable why) {
        fail(why);
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
        return now;
    }

    @Override
    public void onResume() {
        ask();
    }

    @Override
    public void stop(Throwable cause) {
        question.withdraw();
        fail(cause);
    }

    @Override
    public String getStatus() {
        return question != null && question.call() instanceof EnvironmentCall.Approval
                ? "waiting for an approval"
                : "asking an environment";
    }
}
