package io.jenkins.plugins.promise.watching.history;

import java.time.Duration;

/**
 * How long git may take.
 *
 * @param answer to say something about what is here, or what a branch is
 * @param transfer to bring a repository, or to look through one
 */
record GitLimits(Duration answer, Duration transfer) {
    static final GitLimits DEFAULT = new GitLimits(Duration.ofMinutes(1), Duration.ofMinutes(10));
}
