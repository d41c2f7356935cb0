package io.jenkins.plugins.promise.jenkins.queue;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.promise.jenkins.JenkinsController;

/** Tells promises of their queue items. It is called with the queue locked. */
@Extension
public final class PromiseQueueListener extends QueueListener {
    @Override
    public void onEnterWaiting(Queue.WaitingItem item) {
        JenkinsController controller = JenkinsController.get();
        if (controller.started()) {
            QueuedPromises.promise(item).ifPresent(promise -> controller.queue().entered(promise, item.getId()));
        }
    }

    @Override
    public void onLeft(Queue.LeftItem item) {
        JenkinsController controller = JenkinsController.get();
        if (controller.started()) {
            QueuedPromises.promise(item).ifPresent(promise -> controller.queue().left(promise, item));
        }
    }
}
