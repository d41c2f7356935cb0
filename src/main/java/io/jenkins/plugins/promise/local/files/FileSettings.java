package io.jenkins.plugins.promise.local.files;

import io.jenkins.plugins.promise.contract.files.FileLimits;
import java.nio.file.Path;

/**
 * What is kept of the files that workers produce.
 *
 * @param folder where; null for the home. Controllers that share a ledger may share it, too
 * @param limits how much one worker may produce
 */
public record FileSettings(Path folder, FileLimits limits) {
    /** In the home, with the usual limits. */
    public static final FileSettings DEFAULT = new FileSettings(null, FileLimits.DEFAULT);
}
