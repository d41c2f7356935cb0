package io.jenkins.plugins.promise.jenkins.job;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.promise.jenkins.JenkinsController;

/** Has the promises of a job follow it where it is renamed or moved, by itself or with a folder. */
@Extension
public final class RenamedJobs extends ItemListener {
    /** Jenkins calls this for a folder, and then for all that is in it. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        JenkinsController controller = JenkinsController.get();
        if (item instanceof Job<?, ?> job && PromiseContract.versionOf(job).isEmpty() && controller.started()) {
            controller.ledger().rename(oldFullName, newFullName);
        }
    }
}
