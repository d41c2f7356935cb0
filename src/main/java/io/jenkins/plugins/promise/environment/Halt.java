package io.jenkins.plugins.promise.environment;

import java.time.Instant;

/**
 * That something rests until a person lets it go on: an environment that is frozen, or a queue that is held because its
 * base is broken.
 *
 * @param who who froze it, or the promise that found the base broken
 */
public record Halt(String who, String why, Instant since) {}
