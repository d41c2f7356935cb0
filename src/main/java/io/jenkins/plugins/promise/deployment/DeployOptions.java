package io.jenkins.plugins.promise.deployment;

/**
 * How a bundle is deployed.
 *
 * @param dryRun whether only to tell what would change
 * @param takeOver whether common names of other suites may become this suite's
 */
public record DeployOptions(boolean dryRun, boolean takeOver) {
    /** Deploys, and takes nothing from other suites. */
    public static final DeployOptions NONE = new DeployOptions(false, false);
}
