package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.Job;
import hudson.model.ParametersDefinitionProperty;
import io.jenkins.plugins.promise.jenkins.Messages;
import java.util.Optional;

/** What keeps a job that has a contract from being built, however it is asked for. */
public final class JobTrouble {
    private JobTrouble() {}

    /** It, for whoever configures the job; nothing if it may be built. */
    public static Optional<String> of(Job<?, ?> job) {
        PromiseContract own = job.getProperty(PromiseContract.class);
        if (own == null) {
            return Optional.empty();
        }
        Optional<String> unreadable =
                own.problem().map(problem -> Messages.JobTrouble_Unreadable(job.getFullName(), problem));
        return unreadable.isEmpty() && parameterized(job, own)
                ? Optional.of(Messages.JobTrouble_Parameterized(job.getFullName()))
                : unreadable;
    }

    /** Jenkins drops the values that the first of them does not know. */
    private static boolean parameterized(Job<?, ?> job, PromiseContract own) {
        return job.getAllProperties().stream()
                .anyMatch(property -> property instanceof ParametersDefinitionProperty && property != own);
    }
}
