package io.jenkins.plugins.promise.jenkins.queue;

import hudson.Extension;
import hudson.cli.BuildCommand;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Failure;
import hudson.model.Job;
import hudson.model.Queue;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.job.JobTrouble;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsThread;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Holds every build of a promise job against its contract before it is queued, and sends its promise on its way into the
 * ledger, whoever asks for it: a form, the step {@code build}, Build Token Root, Rebuild, the command line, a timer. It is
 * asked last, for what another plugin refuses must not have been accepted. All is done from memory, for Jenkins' queue is
 * locked meanwhile.
 */
@Extension(ordinal = -Double.MAX_VALUE)
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
            if (action instanceof BuildPromiseAction ours
                    && controller.queue().items().entering(ours.getPromise())) {
                return true;
            }
            if (action instanceof BuildPromiseAction || action instanceof Placement) {
                // Copied from an earlier build, as Rebuild and Replay do: it is another submission.
                actions.remove(action);
            }
        }
        try {
            refuseForged(job);
            Optional<String> trouble = JobTrouble.of(job);
            if (trouble.isPresent()) {
                throw new Refused(Refused.Why.CONFLICT, trouble.get());
            }
            Promise promise = controller.promises().hostQueued().take(new AskedBuild(job, actions).submission());
            actions.add(new BuildPromiseAction(promise.id()));
            // The first one that knows a label counts, and parameters may know one too.
            Placement.of(job, promise).ifPresent(placement -> actions.add(0, placement));
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
        if (asksFor(job, Stapler.getCurrentRequest2()) || CpsThread.current() != null) {
            throw new Failure(told);
        }
        LOGGER.log(Level.WARNING, "{0} was not queued: {1}", new Object[] {job.getFullName(), told});
        return false;
    }

    /** Whether a request is about that job, and not about many, of which the others are to be queued all the same. */
    private static boolean asksFor(Job<?, ?> job, StaplerRequest2 request) {
        return request != null
                && (job.equals(request.findAncestorObject(Job.class))
                        || job.getFullName().equals(request.getParameter("job")));
    }

    private static boolean fromCommandLine(List<Action> actions) {
        return actions.stream()
                .filter(CauseAction.class::isInstance)
                .flatMap(a -> ((CauseAction) a).getCauses().stream())
                .anyMatch(BuildCommand.CLICause.class::isInstance);
    }
}
