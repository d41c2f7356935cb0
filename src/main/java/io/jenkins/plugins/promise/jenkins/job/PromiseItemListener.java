package io.jenkins.plugins.promise.jenkins.job;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.Outcome;

/**
 * Goes on with the open promises when Jenkins has loaded its jobs, settles those of a job that is deleted, and has those of
 * one that is disabled wait.
 */
@Extension
public final class PromiseItemListener extends ItemListener {
    @Override
    public void onLoaded() {
        if (JenkinsController.get().started()) {
            JenkinsController.get().reconcile();
        }
    }

    @Override
    public void onDeleted(Item item) {
        JenkinsController controller = JenkinsController.get();
        if (!(item instanceof Job<?, ?> job) || !controller.started()) {
            return;
        }
        for (Promise promise : controller.ledger().work().unsettledOf(PromiseContract.nameOf(job))) {
            controller
                    .promises()
                    .settle(promise.id(), Outcome.failure("the job " + item.getFullName() + " was deleted"));
        }
    }

    /** A job may have been disabled, or enabled again. */
    @Override
    public void onUpdated(Item item) {
        JenkinsController controller = JenkinsController.get();
        if (item instanceof Job<?, ?> job
                && job.getProperty(PromiseContract.class) != null
                && controller.dispatching()) {
            if (!job.isBuildable()) {
                controller.queue().withdraw(job);
            }
            controller.dispatch().refill();
        }
    }
}
