package io.jenkins.plugins.promise.orchestration.environment;

import java.io.Serializable;

/**
 * A lease that a script has.
 *
 * @param fence its number
 */
public record HeldLease(String environment, long fence) implements Serializable {}
