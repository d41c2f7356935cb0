package io.jenkins.plugins.promise.jenkins.web.page;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.web.PromisesRootAction;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.Stapler;

/** The promises of one job, on the job's page. */
public final class JobPromisesAction implements Action {
    private final Job<?, ?> job;

    JobPromisesAction(Job<?, ?> job) {
        this.job = job;
    }

    /** The job. */
    public Job<?, ?> getJob() {
        return job;
    }

    /** Its promises; the page is below the job, so that whoever sees it may read the job. */
    public PromiseListPage getPage() throws Refused {
        job.checkPermission(Item.READ);
        if (!JenkinsController.get().dispatching()) {
            throw new Failure(Messages.JenkinsController_NotOpen());
        }
        return new PromiseListPage(
                JenkinsController.get(), PromiseListPage.asked(Stapler.getCurrentRequest2(), commonName()), false);
    }

    /**
     * Where the last ones that ended are told of, below the controller's URL; null while that is not known.
     */
    public String getOutcomes() {
        return JenkinsController.get().dispatching()
                ? PromisesRootAction.URL + "?state=" + PromiseQuery.Which.SETTLED.word() + "&called=true&limit="
                        + PromiseListPage.ON_A_PAGE + "&job=" + PromiseListPage.encoded(commonName())
                : null;
    }

    private String commonName() {
        String version = PromiseContract.nameOf(job);
        return JenkinsController.get()
                .catalog()
                .resolve(version)
                .map(Deployed::name)
                .orElse(version);
    }

    @Override
    public String getIconFileName() {
        return "symbol-checkmark-done-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.PromisesRootAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return PromisesRootAction.URL;
    }

    /** Puts it on every job that has a contract. */
    @Extension
    @SuppressWarnings({"rawtypes", "unchecked"}) // as Jenkins declares it
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job target) {
            return target.getProperty(PromiseContract.class) == null
                    ? List.of()
                    : List.of(new JobPromisesAction((Job<?, ?>) target));
        }
    }
}
