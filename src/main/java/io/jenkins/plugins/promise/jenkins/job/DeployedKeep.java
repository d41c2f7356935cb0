package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.Job;
import hudson.tasks.LogRotator;
import io.jenkins.plugins.promise.contract.Keep;
import java.io.IOException;

/** A contract's {@code keep} as Jenkins' build discarder. */
final class DeployedKeep {
    private static final int ANY = -1;

    private DeployedKeep() {}

    static void apply(Job<?, ?> job, Keep keep) throws IOException {
        if (keep.days() != null || keep.builds() != null) {
            job.setBuildDiscarder(new LogRotator(
                    keep.days() == null ? ANY : keep.days(), keep.builds() == null ? ANY : keep.builds(), ANY, ANY));
        }
    }
}
