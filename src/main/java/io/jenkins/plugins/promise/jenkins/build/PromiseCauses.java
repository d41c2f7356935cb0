package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Run;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Between who submitted a promise and why Jenkins says that its build runs: by its causes other plugins tell who it acts
 * for.
 */
public final class PromiseCauses {
    /** What Jenkins calls whoever is not logged in. */
    private static final String ANONYMOUS = "anonymous";

    private PromiseCauses() {}

    /**
     * Why a promise is built.
     *
     * @param caller the build of the orchestration that called it, or what else is upstream; nothing if that is gone
     */
    static CauseAction of(Promise promise, Optional<Run<?, ?>> caller) {
        List<Cause> causes = new ArrayList<>();
        Submitter submitter = promise.submitter();
        switch (submitter.kind()) {
            case USER -> causes.add(
                    new Cause.UserIdCause(submitter.name().equals(ANONYMOUS) ? null : submitter.name()));
            case TOKEN -> causes.add(new Cause.RemoteCause(submitter.name(), Messages.PromiseCause_Token()));
            case UPSTREAM -> caller.map(Cause.UpstreamCause::new).ifPresent(causes::add);
            case TIMER -> causes.add(new TimerTrigger.TimerTriggerCause());
            case OPERATOR, UNKNOWN -> {}
        }
        causes.add(new PromiseCause(
                promise.id(), promise.parent() == null ? null : promise.parent().promise()));
        return new CauseAction(causes);
    }

    /** Who asks for a build that is to be queued with these actions. */
    public static Submitter submitter(List<? extends Action> actions) {
        List<Cause> causes = actions.stream()
                .filter(CauseAction.class::isInstance)
                .flatMap(a -> ((CauseAction) a).getCauses().stream())
                .toList();
        return causes.stream()
                .map(PromiseCauses::submitter)
                .filter(s -> s.kind() != Submitter.Kind.UNKNOWN)
                .findFirst()
                .orElseGet(() -> new Submitter(
                        Submitter.Kind.UNKNOWN,
                        causes.isEmpty() ? null : causes.get(0).getShortDescription()));
    }

    private static Submitter submitter(Cause cause) {
        if (cause instanceof Cause.UserIdCause user) {
            return Submitter.user(user.getUserId() == null ? ANONYMOUS : user.getUserId());
        }
        if (cause instanceof Cause.RemoteCause remote) {
            return Submitter.token(remote.getAddr());
        }
        if (cause instanceof Cause.UpstreamCause upstream) {
            return Submitter.upstream(upstream.getUpstreamProject() + "#" + upstream.getUpstreamBuild());
        }
        return cause instanceof TimerTrigger.TimerTriggerCause ? Submitter.TIMER : Submitter.UNKNOWN;
    }
}
