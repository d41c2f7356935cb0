package io.jenkins.plugins.promise.contract.files;

import java.io.Serializable;

/**
 * How much one worker may produce.
 *
 * @param bytes all its files together
 * @param count how many files
 */
public record FileLimits(long bytes, int count) implements Serializable {
    /** What holds unless set. */
    public static final FileLimits DEFAULT = new FileLimits(1L << 30, 10_000);
}
