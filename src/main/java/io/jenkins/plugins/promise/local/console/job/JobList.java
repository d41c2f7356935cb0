package io.jenkins.plugins.promise.local.console.job;

import io.jenkins.plugins.promise.deployment.BrokenVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * What the page of all jobs shows.
 *
 * @param jobs by their common names
 * @param broken versions that cannot be read, for the operator
 */
public record JobList(List<JobLine> jobs, List<BrokenVersion> broken) {
    /** Copies what it is given. */
    public JobList {
        jobs = new ArrayList<>(jobs);
        broken = new ArrayList<>(broken);
    }

    /**
     * A job in the list.
     *
     * @param name its common name
     * @param kind orchestration or worker
     * @param about one line for people; null for none
     * @param suite the suite that it belongs to
     * @param latest the version that the name stands for
     * @param versions how many versions of it are deployed
     */
    public record JobLine(String name, String kind, String about, String suite, String latest, int versions) {}
}
