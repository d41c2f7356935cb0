package io.jenkins.plugins.promise.deployment;

import java.time.Instant;

/**
 * That nothing of a version is started: what is submitted waits, what runs goes on.
 *
 * @param by who wanted that, as people know them
 * @param since since when
 */
public record Pause(String by, Instant since) {}
