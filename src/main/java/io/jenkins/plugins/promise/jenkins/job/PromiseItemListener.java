package io.jenkins.plugins.promise.jenkins.job;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.Outcome;

/** Goes on with the open promises when Jenkins has loaded its jobs, and settles those of a job that is deleted. */
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
        if (!(item instanceof Job<?, ?>) || !controller.started()) {
            return;
        }
        for (Promise promise : controller.ledger().work().unsettledOf(item.getFullName())) {
            controller
                    .promises()
                    .settle(promise.id(), Outcome.failure("the job " + item.getFullName() + " was deleted"));
        }
    }
}
