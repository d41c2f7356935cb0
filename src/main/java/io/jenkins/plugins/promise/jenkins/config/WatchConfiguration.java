package io.jenkins.plugins.promise.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.watching.PushReader;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import java.time.Duration;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Whether, and how, the components that were deployed are built when they change; in force as soon as it is saved. */
@Extension
@Symbol("promiseComponents")
public final class WatchConfiguration extends GlobalConfiguration {
    private boolean watched;
    private String secretCredentialsId;
    private String poll;
    private String repositories;

    /** What was saved; nothing is watched without. */
    public WatchConfiguration() {
        load();
    }

    /** The configuration of this controller. */
    public static WatchConfiguration get() {
        return GlobalConfiguration.all().getInstance(WatchConfiguration.class);
    }

    /**
     * What is configured of watching.
     *
     * @param watched whether components are watched
     * @param poll how often their branches are looked at; null if only pushes are told
     * @param repositories which repositories may be fetched
     */
    public record Settings(boolean watched, Duration poll, RepositoryPolicy repositories) {}

    /** What is to be done now. */
    public Settings settings() {
        return new Settings(watched, poll == null ? null : new Entry("poll", poll).time(), policy());
    }

    /** Which repositories may be fetched. */
    public RepositoryPolicy policy() {
        return new RepositoryPolicy(new Entry("repositories", repositories).words());
    }

    /** What webhooks come with; nothing if no secret text was chosen, or the one that was is not there. */
    public Optional<Secret> secret() {
        return Optional.ofNullable(secretCredentialsId).flatMap(id -> new SecretTexts().find(id));
    }

    /** What reads pushes that come with that secret. */
    public PushReader pushes() {
        return new PushReader(secret().map(Secret::getPlainText).orElse(null), Messages.WatchConfiguration_Where());
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            request.bindJSON(this, form);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "promiseComponents");
        }
        save();
        JenkinsController controller = JenkinsController.get();
        if (controller.started()) {
            controller.watching().agree();
        }
        return true;
    }

    /** Whether components are built when they change. */
    public boolean isWatched() {
        return watched;
    }

    /** Sets whether components are built when they change. */
    @DataBoundSetter
    public void setWatched(boolean watched) {
        this.watched = watched;
    }

    /** The id of the secret text that webhooks come with; null for none, so that none is believed. */
    public String getSecretCredentialsId() {
        return secretCredentialsId;
    }

    /** Sets the id of the secret text. */
    @DataBoundSetter
    public void setSecretCredentialsId(String secretCredentialsId) {
        this.secretCredentialsId = Util.fixEmptyAndTrim(secretCredentialsId);
    }

    /** How often branches are looked at; null if only pushes are told. */
    public String getPoll() {
        return poll;
    }

    /** Sets how often branches are looked at: a time, or nothing. */
    @DataBoundSetter
    public void setPoll(String poll) {
        String given = Util.fixEmptyAndTrim(poll);
        if (given != null) {
            var unused = new Entry("poll", given).time();
        }
        this.poll = given;
    }

    /** Where repositories may be fetched from; null for whatever git can reach. */
    public String getRepositories() {
        return repositories;
    }

    /** Sets where repositories may be fetched from, one a line: {@code name}, {@code *.domain}, or {@code /folder}. */
    @DataBoundSetter
    public void setRepositories(String repositories) {
        // What cannot be read is refused here, not when something is declared.
        var unused = new RepositoryPolicy(new Entry("repositories", repositories).words());
        this.repositories = Util.fixEmptyAndTrim(repositories);
    }

    /** Checks where repositories may be fetched from; it reveals nothing. */
    @POST
    public FormValidation doCheckRepositories(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            var unused = new RepositoryPolicy(new Entry("repositories", value).words());
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Checks a time; it reveals nothing. */
    @POST
    public FormValidation doCheckPoll(@QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : new Entry("poll", value).checkedAsTimes();
    }

    /** Tells what it means to have no secret. */
    @POST
    public FormValidation doCheckSecretCredentialsId(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String id = Util.fixEmptyAndTrim(value);
        if (id == null) {
            return FormValidation.warning(Messages.WatchConfiguration_NoSecret());
        }
        return new SecretTexts().find(id).isPresent()
                ? FormValidation.ok()
                : FormValidation.error(Messages.PromiseConfiguration_NoCredential(id));
    }

    /** The secret texts. */
    @POST
    public ListBoxModel doFillSecretCredentialsIdItems(@QueryParameter String secretCredentialsId) {
        return SecretTexts.items(secretCredentialsId);
    }
}
