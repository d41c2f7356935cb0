package io.jenkins.plugins.promise.jenkins.suite;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.deployment.Pause;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A version, on the page of its suite.
 *
 * @param deployed the version
 * @param job its job
 * @param at when it was deployed; null where that is not known
 * @param latest whether its common name stands for it
 * @param pause null if it is not paused
 */
public record SuiteVersion(Deployed deployed, Job<?, ?> job, Instant at, boolean latest, Pause pause) {
    /** When it was deployed; long ago where that is not known. */
    Instant deployedAt() {
        return at == null ? Instant.EPOCH : at;
    }

    /** The version's name. */
    public String getName() {
        return deployed.version();
    }

    /** Where its job is, below the controller. */
    public String getUrl() {
        return job.getUrl();
    }

    /** Orchestration or worker. */
    public String getKind() {
        return deployed.kind().keyword();
    }

    /** One line for people; null for none. */
    public String getAbout() {
        return deployed.about();
    }

    /** When it was deployed, in ISO 8601; null where that is not known. */
    public String getAt() {
        return at == null ? null : at.toString();
    }

    /** Whether its common name stands for it. */
    public boolean isLatest() {
        return latest;
    }

    /** Who has paused it; null if it is not. */
    public String getPausedBy() {
        return pause == null ? null : pause.by();
    }

    /** The versions that it calls, by their common names. */
    public Map<String, String> getUses() {
        return deployed.uses();
    }

    /** What it may be given. */
    public List<Input> getInputs() {
        return deployed.contract().inputs();
    }

    /** Where it may run; null for anywhere. */
    public String getLabel() {
        return deployed.label();
    }

    /** Whether whoever asks may submit it. */
    public boolean isSubmittable() {
        return job.isBuildable() && job.hasPermission(Item.BUILD);
    }

    /** Whether whoever asks may read its script. */
    public boolean isReadable() {
        return job.hasPermission(Item.EXTENDED_READ);
    }
}
