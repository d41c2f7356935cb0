package io.jenkins.plugins.promise.jenkins.queue;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;

/**
 * Keeps builds of promises from starting before their promises are in the ledger or while their version is paused, and builds
 * of disabled jobs from being lost: Jenkins would take them from the queue and build nothing. It is called with the queue locked.
 */
@Extension
public final class PromiseTaskDispatcher extends QueueTaskDispatcher {
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        return QueuedPromises.promise(item)
                .map(promise -> blockage(promise, item.task))
                .orElse(null);
    }

    private static CauseOfBlockage blockage(String promise, Queue.Task task) {
        JenkinsController controller = JenkinsController.get();
        if (!controller.dispatching()) {
            return CauseOfBlockage.fromMessage(Messages._PromiseTaskDispatcher_NotOpen());
        }
        if (controller.promises().hostQueued().comes(promise)) {
            return CauseOfBlockage.fromMessage(Messages._PromiseTaskDispatcher_Comes(promise));
        }
        if (!(task instanceof Job<?, ?> job)) {
            return null;
        }
        if (!job.isBuildable()) {
            return CauseOfBlockage.fromMessage(Messages._PromiseTaskDispatcher_Disabled(job.getFullName()));
        }
        // Whether it is paused costs nothing to know; whether a job is a version may take a walk over all items.
        return controller
                .catalog()
                .paused(job.getName())
                .filter(pause -> PromiseContract.versionOf(job).isPresent())
                .map(pause ->
                        CauseOfBlockage.fromMessage(Messages._PromiseTaskDispatcher_Paused(job.getName(), pause.by())))
                .orElse(null);
    }
}
