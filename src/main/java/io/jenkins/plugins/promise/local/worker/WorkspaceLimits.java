package io.jenkins.plugins.promise.local.worker;

import java.time.Duration;

/**
 * What is kept of the workspaces of workers that failed; what is over a limit goes, oldest first.
 *
 * @param count how many
 * @param bytes how large they may be together
 * @param age how long
 */
public record WorkspaceLimits(int count, long bytes, Duration age) {
    /** What holds unless set. */
    public static final WorkspaceLimits DEFAULT = new WorkspaceLimits(20, 1L << 30, Duration.ofDays(3));
}
