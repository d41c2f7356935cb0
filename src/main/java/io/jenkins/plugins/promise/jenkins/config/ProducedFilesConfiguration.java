package io.jenkins.plugins.promise.jenkins.config;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.promise.contract.files.FileLimits;
import io.jenkins.plugins.promise.jenkins.Messages;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** How much one worker may produce; in force as soon as it is saved. */
@Extension
@Symbol("promiseFiles")
public final class ProducedFilesConfiguration extends GlobalConfiguration {
    private long maxBytes = FileLimits.DEFAULT.bytes();
    private int maxCount = FileLimits.DEFAULT.count();

    /** What was saved, or the defaults. */
    public ProducedFilesConfiguration() {
        load();
    }

    /** The configuration of this controller. */
    public static ProducedFilesConfiguration get() {
        return GlobalConfiguration.all().getInstance(ProducedFilesConfiguration.class);
    }

    /** Both limits. */
    public FileLimits limits() {
        return new FileLimits(maxBytes, maxCount);
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            request.bindJSON(this, form);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "promiseFiles");
        }
        save();
        return true;
    }

    /** All files of one worker together, in bytes. */
    public long getMaxBytes() {
        return maxBytes;
    }

    /** Sets how large they may be together; at least 1. */
    @DataBoundSetter
    public void setMaxBytes(long maxBytes) {
        this.maxBytes = positive(maxBytes);
    }

    /** How many files one worker may produce. */
    public int getMaxCount() {
        return maxCount;
    }

    /** Sets how many they may be; at least 1. */
    @DataBoundSetter
    public void setMaxCount(int maxCount) {
        this.maxCount = (int) positive(maxCount);
    }

    private static long positive(long number) {
        if (number < 1) {
            throw new IllegalArgumentException(Messages.ProducedFilesConfiguration_Number());
        }
        return number;
    }

    /** Checks a number; it is text in a form and reveals nothing. */
    @POST
    public FormValidation doCheckMaxBytes(@QueryParameter String value) {
        return value.matches("[1-9][0-9]{0,17}")
                ? FormValidation.ok()
                : FormValidation.error(Messages.ProducedFilesConfiguration_Number());
    }

    /** Checks a number; it is text in a form and reveals nothing. */
    @POST
    public FormValidation doCheckMaxCount(@QueryParameter String value) {
        return value.matches("[1-9][0-9]{0,8}")
                ? FormValidation.ok()
                : FormValidation.error(Messages.ProducedFilesConfiguration_Number());
    }
}
