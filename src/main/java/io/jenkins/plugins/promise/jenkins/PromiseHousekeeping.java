package io.jenkins.plugins.promise.jenkins;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import java.util.concurrent.TimeUnit;

/**
 * Looks every now and then for builds that died without a word and for what other controllers have deployed, and drops old
 * promises.
 */
@Extension
public final class PromiseHousekeeping extends AsyncPeriodicWork {
    /** Work for Jenkins' timer. */
    public PromiseHousekeeping() {
        super("Promise jobs housekeeping");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(20);
    }

    @Override
    protected void execute(TaskListener listener) {
        JenkinsController controller = JenkinsController.get();
        controller.tryAgain();
        if (controller.dispatching()) {
            controller.versions().agree();
            controller.watch().look();
            controller.drop();
        }
    }
}
