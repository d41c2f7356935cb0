package io.jenkins.plugins.promise.jenkins.queue;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.report.Outcome;

/** Tells promises of their queue items. */
@Extension
public final class PromiseQueueListener extends QueueListener {
    @Override
    public void onEnterWaiting(Queue.WaitingItem item) {
        BuildPromiseAction action = item.getAction(BuildPromiseAction.class);
        JenkinsController controller = JenkinsController.get();
        if (action != null && controller.started()) {
            controller.queue().entered(action.getPromise(), item.getId());
            // What is queued here is noted when the queue is free again.
            if (!controller.queue().entering(action.getPromise())) {
                controller.promises().queued(action.getPromise(), item.getId());
            }
        }
    }

    @Override
    public void onLeft(Queue.LeftItem item) {
        BuildPromiseAction action = item.getAction(BuildPromiseAction.class);
        JenkinsController controller = JenkinsController.get();
        if (action == null || !controller.started()) {
            return;
        }
        controller.queue().left(action.getPromise());
        if (item.isCancelled()) {
            if (!controller.stopping()) {
                controller
                        .promises()
                        .settle(action.getPromise(), Outcome.failure("its build was cancelled in Jenkins' queue"));
            }
            return;
        }
        // Of several items that wait for one node, a pass over the queue starts one only.
        var unused = Queue.getInstance().scheduleMaintenance();
    }
}
