package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Action;
import hudson.model.Executor;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.queue.ScheduleResult;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.acceptance.host.Builds;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.job.JenkinsCatalog;
import io.jenkins.plugins.promise.jenkins.job.JobTrouble;
import io.jenkins.plugins.promise.jenkins.queue.JenkinsLanes;
import io.jenkins.plugins.promise.jenkins.queue.QueuedPromises;
import io.jenkins.plugins.promise.jenkins.web.BuildActions;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/** The builds of promises on Jenkins' own queue. */
@SuppressWarnings("try") // who acts is all that the resource is for
public final class JenkinsBuilds implements Builds {
    private static final Logger LOGGER = Logger.getLogger(JenkinsBuilds.class.getName());

    private static final String ENDED = "its promise has ended";

    private final JenkinsCatalog catalog;
    private final Instant controllerStarted;
    private final Instant wentDown;
    private final QueuedPromises queue;
    private final Ledger ledger;
    private final Promises promises;
    private final PromiseRuns runs;
    private final Function<Promise, Optional<WaitsFor>> environments;

    /**
     * The builds of a controller.
     *
     * @param controllerStarted when this controller was started
     * @param wentDown when the one before it began to go down; null if it was killed, or there was none
     * @param environments what a running build waits for of an environment
     */
    public JenkinsBuilds(
            JenkinsCatalog catalog,
            Instant controllerStarted,
            Instant wentDown,
            Ledger ledger,
            Promises promises,
            QueuedPromises queue,
            Function<Promise, Optional<WaitsFor>> environments) {
        this.ledger = ledger;
        this.environments = environments;
        this.promises = promises;
        this.queue = queue;
        this.catalog = catalog;
        this.wentDown = wentDown;
        this.controllerStarted = controllerStarted;
        this.runs = new PromiseRuns(catalog, promises);
    }

    @Override
    public int window(String lane) {
        return JenkinsLanes.window(lane);
    }

    @Override
    public Optional<String> why(Promise promise) {
        return queue.why(promise.id());
    }

    @Override
    public Optional<WaitsFor> waitsFor(Promise promise) {
        return environments.apply(promise);
    }

    @Override
    public Optional<String> held(Promise promise) {
        return catalog.present(promise.version())
                .filter(job -> !job.isBuildable())
                .map(job -> Messages.JenkinsBuilds_Disabled(job.getFullName()));
    }

    @Override
    public Optional<String> lack(String lane) {
        return JenkinsLanes.lack(lane);
    }

    @Override
    public void enqueue(Promise promise) {
        Optional<Long> kept = queue.item(promise.id());
        if (kept.isPresent()) {
            // Jenkins' queue has kept it over a restart.
            promises.progress().queued(promise.id(), kept.get());
            return;
        }
        Optional<Job<?, ?>> job = catalog.item(promise.version());
        if (job.isEmpty() || !(job.get() instanceof Queue.Task task)) {
            throw new IllegalStateException("the job " + promise.version() + " is gone, or is not what was deployed");
        }
        JobTrouble.of(job.get()).ifPresent(trouble -> {
            throw new IllegalStateException(trouble);
        });
        queue.enters(promise.id());
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            List<Action> actions = new BuildActions(job.get(), promise)
                    .with(promises.secrets().inputs(promise), PromiseCauses.of(promise, runs.caller(promise)));
            ScheduleResult result = Queue.getInstance().schedule2(task, 0, actions);
            Queue.Item item = result.getItem();
            if (result.isRefused()) {
                throw new IllegalStateException("Jenkins refused it");
            } else if (item != null) {
                promises.progress().queued(promise.id(), item.getId());
            }
        } finally {
            queue.hasEntered(promise.id());
        }
        // It may have been cancelled while Jenkins' queue did not have it yet, and then nobody took it out.
        if (ended(promise.id())) {
            abandon(promise, ENDED);
        }
    }

    private boolean ended(String id) {
        return ledger.work().state(id).map(PromiseState::settled).orElse(true);
    }

    /** A build has begun; it goes no further if its promise was settled while it left the queue. */
    void started(String id, Run<?, ?> run) {
        if (ended(id)) {
            stop(run, ENDED);
        } else {
            promises.progress().started(id, run.getExternalizableId());
        }
    }

    /** {@link io.jenkins.plugins.promise.jenkins.queue.PromiseQueue} tells that it has returned. */
    @Override
    public boolean withdraw(Promise promise) {
        queue.withdraw(promise.id());
        return false;
    }

    @Override
    public void abandon(Promise promise, String why) {
        queue.cancel(promise.id());
        run(promise).filter(Run::isBuilding).ifPresent(run -> stop(run, why));
    }

    /** The build of a promise, if Jenkins has one. */
    public Optional<Run<?, ?>> run(Promise promise) {
        return runs.run(promise);
    }

    /** Stops a build. */
    static void stop(Run<?, ?> run, String why) {
        Executor executor = run.getExecutor();
        if (executor != null) {
            executor.interrupt(Result.ABORTED, new PromiseEnded(why));
            return;
        }
        if (run instanceof FlowExecutionOwner.Executable pipeline) {
            try {
                FlowExecutionOwner owner = pipeline.asFlowExecutionOwner();
                if (owner != null) {
                    owner.get().interrupt(Result.ABORTED, new PromiseEnded(why));
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "the build " + run + " cannot be stopped", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Status find(Promise promise) {
        Optional<Long> number = queue.item(promise.id());
        if (number.isPresent()) {
            if (!promise.progress().queueItem().equals(number)) {
                promises.progress().queued(promise.id(), number.get());
            }
            return Status.ALIVE;
        }
        Optional<Run<?, ?>> run = run(promise);
        if (run.isEmpty()) {
            return Status.LOST;
        }
        if (!promise.progress()
                .build()
                .filter(run.get().getExternalizableId()::equals)
                .isPresent()) {
            promises.progress().started(promise.id(), run.get().getExternalizableId());
        }
        if (alive(run.get())) {
            return Status.ALIVE;
        }
        // A record without a result is of a build that the crash took: it runs again.
        return run.get().getResult() == null || Crashed.lost(run.get(), controllerStarted) || endedByShutdown(run.get())
                ? Status.LOST
                : new Status(false, Optional.of(new BuildOutcome(run.get(), promises).outcome()));
    }

    /** Whether it was the controller's going down that ended a build, and nothing that it did. */
    private boolean endedByShutdown(Run<?, ?> run) {
        return wentDown != null
                && !Result.SUCCESS.equals(run.getResult())
                && run.getStartTimeInMillis() < wentDown.toEpochMilli()
                && run.getStartTimeInMillis() + run.getDuration() >= wentDown.toEpochMilli();
    }

    /**
     * Whether a build runs: it says so, and there is something that runs it. Pipelines are known to say so for ever after
     * a crash that took their program.
     */
    boolean alive(Run<?, ?> run) {
        if (!run.isBuilding()) {
            return false;
        }
        if (run.getExecutor() != null) {
            return true;
        }
        FlowExecution execution = Crashed.execution(run);
        return execution != null && !execution.isComplete();
    }
}
