package io.jenkins.plugins.promise.deployment;

/**
 * A deployed version that cannot be read. Deploying its bundle again mends it.
 *
 * @param version its name
 * @param reason why
 */
public record BrokenVersion(String version, String reason) {}
