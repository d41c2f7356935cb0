package io.jenkins.plugins.promise.environment;

import java.time.Duration;

/**
 * What holds for an environment, as its file declares it.
 *
 * @param name its name
 * @param integration whether components are tested together there
 * @param batch whether all candidates that wait are tested together, and halved when they fail
 * @param lease how long one holder may have it for itself
 * @param after the environment that a manifest must have passed before; null for none
 * @param approve whether a person must approve each release
 * @param valid how long a verdict and an approval count; null for ever
 * @param controller the controller that this environment is, on which no release to it may run; null if it is none
 */
public record EnvironmentRules(
        String name,
        boolean integration,
        boolean batch,
        Duration lease,
        String after,
        boolean approve,
        Duration valid,
        String controller) {
    /** The lease of an environment that does not say. */
    public static final Duration DEFAULT_LEASE = Duration.ofHours(2);

    /** Refuses what no environment can be. */
    public EnvironmentRules {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("an environment needs a name");
        }
        lease = lease == null ? DEFAULT_LEASE : lease;
        if (lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException("the lease of " + name + " must be longer than nothing");
        }
    }

    /** An environment where components are tested together, without anything else declared. */
    public static EnvironmentRules integration(String name) {
        return new EnvironmentRules(name, true, false, null, null, false, null, null);
    }

    /** An environment after another one, without anything else declared. */
    public static EnvironmentRules after(String name, String before) {
        return new EnvironmentRules(name, false, false, null, before, false, null, null);
    }

    /** The same, with or without batches. */
    public EnvironmentRules batched(boolean all) {
        return new EnvironmentRules(name, integration, all, lease, after, approve, valid, controller);
    }

    /** The same, leased so long. */
    public EnvironmentRules leased(Duration time) {
        return new EnvironmentRules(name, integration, batch, time, after, approve, valid, controller);
    }

    /** The same, with approvals that count so long. */
    public EnvironmentRules approved(Duration time) {
        return new EnvironmentRules(name, integration, batch, lease, after, true, time, controller);
    }
}
