package io.jenkins.plugins.promise.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A ledger on PostgreSQL, which several controllers may share. */
public final class SharedLedger extends AbstractDescribableImpl<SharedLedger> {
    static final String LEASE = "30s";

    private final String url;
    private String credentialsId;
    private String lease = LEASE;

    /**
     * A ledger at {@code postgresql://user@host:port/database}.
     *
     * @throws IllegalArgumentException saying what is wrong with the URL
     */
    @DataBoundConstructor
    public SharedLedger(String url) {
        var unused = LedgerLocation.shared(url, null);
        this.url = url.trim();
    }

    /** Where the database is, without a password. */
    public String getUrl() {
        return url;
    }

    /** The id of the secret text that holds the password; null for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Sets the id of the password's secret text. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** After how much silence a controller is taken for dead by the others. */
    public String getLease() {
        return lease;
    }

    /** Sets the lease. */
    @DataBoundSetter
    public void setLease(String lease) {
        String given = Util.fixEmptyAndTrim(lease) == null ? LEASE : lease.trim();
        var unused = new Entry("lease", given).time();
        this.lease = given;
    }

    /**
     * The database with its password.
     *
     * @throws IOException if there is no secret text of that id
     */
    LedgerLocation.Shared location() throws IOException {
        return location(url, credentialsId);
    }

    private static LedgerLocation.Shared location(String url, String credentialsId) throws IOException {
        if (Util.fixEmptyAndTrim(credentialsId) == null) {
            return LedgerLocation.shared(url, null);
        }
        Optional<Secret> password = new SecretTexts().find(credentialsId.trim());
        if (password.isEmpty()) {
            throw new IOException(
                    "the ledger's password: " + Messages.PromiseConfiguration_NoCredential(credentialsId));
        }
        return LedgerLocation.shared(url, password.get().getPlainText());
    }

    /** Checks what an administrator enters. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<SharedLedger> {
        @Override
        public String getDisplayName() {
            return Messages.SharedLedger_DisplayName();
        }

        /** The secret texts. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return SecretTexts.items(credentialsId);
        }

        /** Checks the form of a URL. */
        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                var unused = LedgerLocation.shared(String.valueOf(value), null);
                return FormValidation.ok(Messages.PromiseConfiguration_LedgerNeedsRestart());
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** Checks a time. */
        @POST
        public FormValidation doCheckLease(@QueryParameter String value) {
            return new Entry("lease", value).checkedAsTimes();
        }

        /** Whether the database can be reached; nothing is changed in it. */
        @POST
        public FormValidation doTest(@QueryParameter String url, @QueryParameter String credentialsId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                Ledger.reach(location(String.valueOf(url), credentialsId));
                return FormValidation.ok(Messages.SharedLedger_Reached());
            } catch (IOException | IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
