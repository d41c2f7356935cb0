package io.jenkins.plugins.promise.jenkins.queue;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.promise.jenkins.JenkinsController;

/** Has the dispatch windows looked at again when executors come or go. */
@Extension
public final class ExecutorWatch extends ComputerListener {
    private static void refill() {
        JenkinsController controller = JenkinsController.get();
        if (controller.dispatching()) {
            controller.dispatch().refill();
        }
    }

    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        refill();
    }

    @Override
    public void onTemporarilyOnline(Computer computer) {
        refill();
    }

    @Override
    public void onTemporarilyOffline(Computer computer, OfflineCause cause) {
        refill();
    }

    @Override
    public void onOffline(Computer computer, OfflineCause cause) {
        refill();
    }

    /** A node was added, removed or changed. */
    @Override
    public void onConfigurationChange() {
        refill();
    }
}
