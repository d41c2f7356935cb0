package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Run;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.report.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells what has ended from what was lost, and has the latter queued again. */
public final class BuildWatch {
    private static final Logger LOGGER = Logger.getLogger(BuildWatch.class.getName());

    private final Ledger ledger;
    private final Promises promises;
    private final JenkinsBuilds builds;
    private final Dispatch dispatch;
    private final Predicate<String> waits;
    private final Instant opened;
    private Map<String, String> suspects = new HashMap<>();

    /**
     * A watch over a controller's builds.
     *
     * @param waits whether a phase of a promise's build waits for its workers: its program stands at the end of what
     *     declared them then, as one does that stands still
     * @param opened when this controller was started
     */
    public BuildWatch(
            Ledger ledger,
            Promises promises,
            JenkinsBuilds builds,
            Dispatch dispatch,
            Predicate<String> waits,
            Instant opened) {
        this.ledger = ledger;
        this.promises = promises;
        this.builds = builds;
        this.dispatch = dispatch;
        this.waits = waits;
        this.opened = opened;
    }

    /**
     * A build has ended: it settles its promise, or is queued again if what ended it was the crash of the controller or the
     * loss of its agent. What its workers have reported is found again then, and is not repeated.
     */
    void ended(String promise, Run<?, ?> run) {
        Optional<String> agent = LostAgent.under(run);
        if (agent.isPresent()) {
            LOGGER.log(Level.WARNING, "the agent {0} was lost under {1}; it is queued again", new Object[] {
                agent.get(), run
            });
            PromiseRuns.disown(run);
            dispatch.requeue(promise, "its agent " + agent.get());
        } else if (Crashed.lost(run, opened)) {
            LOGGER.log(Level.WARNING, "{0} could not go on after the crash; it is queued again", run);
            PromiseRuns.disown(run);
            dispatch.requeue(promise, "its controller");
        } else {
            promises.settle(promise, new BuildOutcome(run, promises).outcome());
        }
    }

    /**
     * Settles what has ended and told nobody, and queues again what was lost or stands still. What looks dead must look
     * the same twice: a build is between queue and executor for a moment.
     */
    public synchronized void look() {
        Map<String, String> looksDead = new HashMap<>();
        ledger.work().forEachUnsettled(promise -> symptom(promise).ifPresent(s -> looksDead.put(promise.id(), s)));
        Map<String, String> lookedDead = suspects;
        looksDead.forEach((id, symptom) -> {
            if (symptom.equals(lookedDead.get(id))) {
                ledger.find(id).filter(p -> !p.state().settled()).ifPresent(this::revive);
            }
        });
        suspects = looksDead;
    }

    private Optional<String> symptom(Promise promise) {
        if (promise.state() != PromiseState.RUNNING) {
            return Optional.empty();
        }
        Builds.Status status = builds.find(promise);
        if (!status.known()) {
            return Optional.of("gone");
        }
        return builds.run(promise)
                .filter(run -> !waits.test(promise.id()))
                .flatMap(run -> Crashed.standstill(run, opened));
    }

    private void revive(Promise promise) {
        Optional<Outcome> ended = builds.find(promise).ended();
        if (ended.isPresent()) {
            promises.settle(promise.id(), ended.get());
            return;
        }
        LOGGER.log(Level.WARNING, "the build of {0} is gone or stands still; it is queued again", promise.id());
        Optional<Run<?, ?>> still = builds.run(promise).filter(Run::isBuilding);
        still.ifPresent(PromiseRuns::disown);
        dispatch.requeue(promise.id(), "its controller");
        still.ifPresent(Crashed::kill);
    }
}
