package io.jenkins.plugins.promise.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What an administrator decides for all promise jobs; in force as soon as it is saved. */
@Extension
@Symbol("promiseJobs")
public final class PromiseConfiguration extends GlobalConfiguration {
    private static final String DELAYS = "1s 2s 5s 15s 30s 1m 2m 5m 15m 30m 1h 2h 4h 8h 16h 1d";

    private String receivers;
    private boolean loopbackAllowed;
    private String signingCredentials;
    private Secret generatedKey;
    private String deadline = "24h";
    private String retention = "30d";
    private String retryDelays = DELAYS;
    private String giveUpAfter = "3d";
    private SharedLedger ledger;
    private final transient SigningCredentials signing = new SigningCredentials();

    /** What was saved, or the defaults. */
    public PromiseConfiguration() {
        load();
        if (generatedKey == null || !SigningCredentials.readable(generatedKey)) {
            generatedKey = Secret.fromString(SigningKey.generate().text());
            save();
        }
    }

    /** The configuration of this controller. */
    public static PromiseConfiguration get() {
        return GlobalConfiguration.all().getInstance(PromiseConfiguration.class);
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            // What is not chosen any more is not sent.
            ledger = null;
            request.bindJSON(this, form);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "promiseJobs");
        }
        save();
        return true;
    }

    /**
     * Where promises are kept: in that folder of the controller's home, or in the database that was configured.
     *
     * @throws IOException if that cannot be read
     */
    public LedgerLocation location(Path folder) throws IOException {
        return ledger == null ? new LedgerLocation.Embedded(folder) : ledger.location();
    }

    /** After how much silence a controller is taken for dead by the others of its ledger. */
    public Duration lease() {
        return new Entry("lease", ledger == null ? SharedLedger.LEASE : ledger.getLease()).time();
    }

    /** Which receivers may be called. */
    public ReceiverPolicy policy() {
        return new ReceiverPolicy(
                ReceiverPolicy.DEFAULT.schemes(), new Entry("receivers", receivers).words(), loopbackAllowed);
    }

    /** When deliveries are tried again. */
    public RetrySchedule schedule() {
        return new RetrySchedule(
                new Entry("retryDelays", retryDelays).times(),
                RetrySchedule.DEFAULT.jitter(),
                new Entry("giveUpAfter", giveUpAfter).time());
    }

    /** Deadline and retention. */
    public PromiseSettings settings() {
        return new PromiseSettings(new Entry("deadline", deadline).time(), new Entry("retention", retention).time());
    }

    /** What reports are signed with: the chosen credentials or, without any that can be used, the generated key. */
    public List<SigningKey> keys() {
        List<SigningKey> keys = signing.keys(new Entry("signingCredentials", signingCredentials).words());
        if (keys.isEmpty()) {
            keys.add(SigningKey.parse(generatedKey.getPlainText()));
        }
        return keys;
    }

    /** Receivers that callbacks may lead to; null for all that are public. */
    public String getReceivers() {
        return receivers;
    }

    /** Sets the receivers, one a line: {@code name}, {@code *.domain}, or {@code 10.0.0.0/8}. */
    @DataBoundSetter
    public void setReceivers(String receivers) {
        // What cannot be read is refused here, not when something is delivered.
        var unused =
                new ReceiverPolicy(ReceiverPolicy.DEFAULT.schemes(), new Entry("receivers", receivers).words(), false);
        this.receivers = Util.fixEmptyAndTrim(receivers);
    }

    /** Whether callbacks may lead to this machine itself. */
    public boolean isLoopbackAllowed() {
        return loopbackAllowed;
    }

    /** Sets whether callbacks may lead to this machine itself. */
    @DataBoundSetter
    public void setLoopbackAllowed(boolean loopbackAllowed) {
        this.loopbackAllowed = loopbackAllowed;
    }

    /** Ids of the secret texts to sign with; null for the generated key. */
    public String getSigningCredentials() {
        return signingCredentials;
    }

    /** Sets the ids, with spaces between them; reports are signed with all, so that a key can be rotated. */
    @DataBoundSetter
    public void setSigningCredentials(String signingCredentials) {
        this.signingCredentials = Util.fixEmptyAndTrim(signingCredentials);
    }

    /** The database that other controllers share; null for a file in this home. */
    public SharedLedger getLedger() {
        return ledger;
    }

    /** Sets the database; it is used from the next start on. */
    @DataBoundSetter
    public void setLedger(SharedLedger ledger) {
        this.ledger = ledger;
    }

    /** The deadline of contracts that have none. */
    public String getDeadline() {
        return deadline;
    }

    /** Sets the deadline. */
    @DataBoundSetter
    public void setDeadline(String deadline) {
        var unused = new Entry("deadline", deadline).time();
        this.deadline = deadline;
    }

    /** How long closed promises are kept. */
    public String getRetention() {
        return retention;
    }

    /** Sets how long closed promises are kept. */
    @DataBoundSetter
    public void setRetention(String retention) {
        var unused = new Entry("retention", retention).time();
        this.retention = retention;
    }

    /** The waits between attempts at a delivery; the last one repeats. */
    public String getRetryDelays() {
        return retryDelays;
    }

    /** Sets the waits, with spaces between them. */
    @DataBoundSetter
    public void setRetryDelays(String retryDelays) {
        String given = Util.fixEmptyAndTrim(retryDelays) == null ? DELAYS : retryDelays.trim();
        var unused = new Entry("retryDelays", given).times();
        this.retryDelays = given;
    }

    /** How long a delivery is tried. */
    public String getGiveUpAfter() {
        return giveUpAfter;
    }

    /** Sets how long a delivery is tried. */
    @DataBoundSetter
    public void setGiveUpAfter(String giveUpAfter) {
        var unused = new Entry("giveUpAfter", giveUpAfter).time();
        this.giveUpAfter = giveUpAfter;
    }

    /** Checks a time. */
    @POST
    public FormValidation doCheckDeadline(@QueryParameter String value) {
        return new Entry("deadline", value).checkedAsTimes();
    }

    /** Checks a time. */
    @POST
    public FormValidation doCheckRetention(@QueryParameter String value) {
        return new Entry("retention", value).checkedAsTimes();
    }

    /** Checks a time. */
    @POST
    public FormValidation doCheckGiveUpAfter(@QueryParameter String value) {
        return new Entry("giveUpAfter", value).checkedAsTimes();
    }

    /** Checks times. */
    @POST
    public FormValidation doCheckRetryDelays(@QueryParameter String value) {
        return new Entry("retryDelays", value).checkedAsTimes();
    }

    /** Checks that every id names a secret text that holds a signing key. */
    @POST
    public FormValidation doCheckSigningCredentials(@QueryParameter String value) {
        return SigningCredentials.checked(new Entry("signingCredentials", value).words());
    }
}
