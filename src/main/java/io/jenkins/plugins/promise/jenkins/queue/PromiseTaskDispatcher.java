package io.jenkins.plugins.promise.jenkins.queue;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;

/**
 * Keeps builds of promises from starting before their promises are in the ledger, and builds of disabled jobs from being
 * lost: Jenkins would take them from the queue and build nothing. It is called with the queue locked.
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
        return task instanceof Job<?, ?> job && !job.isBuildable()
                ? CauseOfBlockage.fromMessage(Messages._PromiseTaskDispatcher_Disabled(job.getFullName()))
                : null;
    }
}
