package io.jenkins.plugins.promise.suite;

import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.JobName;
import io.jenkins.plugins.promise.contract.file.JobFile;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A suite as it stands in its folder.
 *
 * @param root the folder
 * @param name as {@code suite.yaml} has it
 * @param jobs by common name
 * @param prepend library files put before orchestration scripts, relative to the suite
 * @param append library files put after them
 * @param findings everything that is wrong or worth a look
 */
public record Suite(
        Path root,
        String name,
        Map<String, SuiteJob> jobs,
        List<String> prepend,
        List<String> append,
        List<Finding> findings) {
    /** Copies what it is given. */
    public Suite {
        jobs = new TreeMap<>(jobs);
        prepend = new ArrayList<>(prepend);
        append = new ArrayList<>(append);
        findings = new ArrayList<>(findings);
    }

    /** What must be mended before the suite can be used. */
    public List<Finding> errors() {
        return findings.stream().filter(f -> !f.warning()).toList();
    }

    /** Whether there is a job of that name, of which nothing is known because its file is wrong. */
    public boolean unreadable(String job) {
        return job != null
                && JobName.valid(job)
                && !jobs.containsKey(job)
                && Files.isDirectory(root.resolve("jobs").resolve(job));
    }

    /** The scripts of its workers, relative to the suite; each once, and none that is not there. */
    public List<String> workerScripts() {
        return jobs.values().stream()
                .filter(j -> j.file().kind() == JobKind.WORKER)
                .map(j -> j.folder() + "/" + j.file().script())
                .filter(s -> Files.isRegularFile(root.resolve(s)))
                .distinct()
                .toList();
    }

    /**
     * A job of a suite.
     *
     * @param file its job file
     * @param folder its folder, relative to the suite
     * @param uses the jobs of this suite that its script calls by a literal name
     */
    public record SuiteJob(JobFile file, String folder, List<String> uses) {
        /** Copies what it is given. */
        public SuiteJob {
            uses = new ArrayList<>(uses);
        }
    }
}
