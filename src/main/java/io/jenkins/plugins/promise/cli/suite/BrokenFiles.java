package io.jenkins.plugins.promise.cli.suite;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.rehearsal.Rehearsal;
import io.jenkins.plugins.promise.suite.Suite;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the errors in a suite's files keep from being rehearsed: what is made of those files, and nothing else. */
final class BrokenFiles {
    private static final String JOBS = "jobs/";
    private static final String REHEARSALS = "rehearsals/";

    private final Suite suite;
    private final Set<String> files;

    BrokenFiles(Suite suite, List<Finding> findings) {
        this.suite = suite;
        this.files = findings.stream()
                .filter(f -> !f.warning())
                .map(Finding::file)
                .collect(Collectors.toCollection(HashSet::new));
    }

    boolean any() {
        return !files.isEmpty();
    }

    /** Whether a file is broken that every job is made of. */
    boolean all() {
        return files.stream().anyMatch(f -> !f.startsWith(JOBS) && !f.startsWith(REHEARSALS));
    }

    boolean keeps(Rehearsal rehearsal) {
        return files.contains(rehearsal.file()) || job(rehearsal.job(), new HashSet<>());
    }

    private boolean job(String name, Set<String> seen) {
        Suite.SuiteJob job = suite.jobs().get(name);
        if (job == null || !seen.add(name)) {
            return job == null;
        }
        return files.stream().anyMatch(f -> f.startsWith(job.folder() + "/"))
                || job.uses().stream().anyMatch(used -> job(used, seen));
    }
}
