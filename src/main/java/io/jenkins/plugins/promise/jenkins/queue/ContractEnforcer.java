package io.jenkins.plugins.promise.jenkins.queue;

import hudson.Extension;
import hudson.cli.BuildCommand;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Failure;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.util.Secret;
import io.jenkins.plugins.promise.acceptance.Submission;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.build.PromiseCauses;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsThread;
import org.kohsuke.stapler.Stapler;

/**
 * Holds every build of a promise job against its contract before it is queued, and opens its promise, whoever asks for
 * it: a form, the step {@code build}, Build Token Root, Rebuild, the command line, a timer.
 */
@Extension
public final class ContractEnforcer extends Queue.QueueDecisionHandler {
    private static final Logger LOGGER = Logger.getLogger(ContractEnforcer.class.getName());

    /** Called with the queue locked, and with a list of actions that may be added to. */
    @Override
    public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
        if (!(task instanceof Job<?, ?> job) || job.getProperty(PromiseContract.class) == null) {
            return true;
        }
        JenkinsController controller = JenkinsController.get();
        if (!controller.started()) {
            LOGGER.log(Level.WARNING, "{0} was not queued: the ledger is not open", job.getFullName());
            return false;
        }
        for (Action action : List.copyOf(actions)) {
            if (action instanceof BuildPromiseAction ours) {
                if (controller.builds().entering(ours.getPromise())) {
                    return true;
                }
                // Copied from an earlier build, as Rebuild and Replay do: it is another submission.
                actions.remove(action);
            }
        }
        try {
            refuseForged(job);
            Promise promise = controller
                    .promises()
                    .submit(Submission.queueing(
                            job.getFullName(), given(actions), PromiseCauses.submitter(actions)))
                    .promise();
            actions.add(new BuildPromiseAction(promise.id()));
            return true;
        } catch (Refused e) {
            return refuse(job, e, actions);
        }
    }

    /** A copy of a deployed version's job, or one made from its config.xml, must not speak for it. */
    private static void refuseForged(Job<?, ?> job) throws Refused {
        String version = job.getProperty(PromiseContract.class).getVersion();
        if (version != null && PromiseContract.versionOf(job).isEmpty()) {
            throw new Refused(
                    Refused.Why.FORBIDDEN,
                    "the job " + job.getFullName() + " was made from the version " + version
                            + ", but is not it; submit " + version + " instead, or give the job a contract of its own");
        }
    }

    private static GivenInputs given(List<Action> actions) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Action action : actions) {
            if (action instanceof ParametersAction parameters) {
                for (ParameterValue value : parameters.getAllParameters()) {
                    values.put(value.getName(), text(value));
                }
            }
        }
        return GivenInputs.of(values);
    }

    private static String text(ParameterValue parameter) {
        Object value = parameter.getValue();
        if (value instanceof Secret secret) {
            return secret.getPlainText();
        }
        // Some parameters tell their value as a variable only.
        Object told = value == null ? parameter.createVariableResolver(null).resolve(parameter.getName()) : value;
        return told == null ? "" : told.toString();
    }

    /** A refusal that nobody would hear of is only logged: an exception would break a timer, not tell anybody. */
    private static boolean refuse(Job<?, ?> job, Refused refused, List<Action> actions) {
        String told = refused.getMessage()
                + refused.violations().stream()
                        .map(Violation::toString)
                        .collect(Collectors.joining("; ", refused.violations().isEmpty() ? "" : ": ", ""));
        if (fromCommandLine(actions)) {
            // What the command line tells as an error of its user's, and not as one of its own.
            throw new IllegalArgumentException(told);
        }
        if (Stapler.getCurrentRequest2() != null || CpsThread.current() != null) {
            throw new Failure(told);
        }
        LOGGER.log(Level.WARNING, "{0} was not queued: {1}", new Object[] {job.getFullName(), told});
        return false;
    }

    private static boolean fromCommandLine(List<Action> actions) {
        return actions.stream()
                .filter(CauseAction.class::isInstance)
                .flatMap(a -> ((CauseAction) a).getCauses().stream())
                .anyMatch(BuildCommand.CLICause.class::isInstance);
    }
}
