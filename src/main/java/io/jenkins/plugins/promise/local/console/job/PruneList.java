package io.jenkins.plugins.promise.local.console.job;

import io.jenkins.plugins.promise.deployment.Pruning;

/**
 * What the page of pruning shows.
 *
 * @param olderThan how long a version must not have been used
 * @param dryRun whether nothing has gone yet
 * @param pruning what goes or has gone, and why the others stay
 */
public record PruneList(String olderThan, boolean dryRun, Pruning pruning) {}
