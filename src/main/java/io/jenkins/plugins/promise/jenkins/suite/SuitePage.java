package io.jenkins.plugins.promise.jenkins.suite;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.promise.deployment.VersionIndex;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.job.VersionsFolder;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/** What the page of a suite shows: the jobs by common name, each with its versions. */
public final class SuitePage {
    private final JenkinsController controller;
    private final VersionsFolder folder;

    SuitePage(JenkinsController controller, VersionsFolder folder) {
        this.controller = controller;
        this.folder = folder;
    }

    /** Whether the ledger is open. */
    public boolean isOpen() {
        return controller.dispatching();
    }

    /** Whether whoever asks may roll back, pause and prune. */
    public boolean isChangeable() {
        return isOpen() && Jenkins.get().hasPermission(PromisePermissions.DEPLOY);
    }

    /** The jobs that whoever asks may see, by their common names. */
    public List<SuiteJob> getJobs() {
        VersionIndex index = controller.versions().index();
        Map<String, List<SuiteVersion>> byName = new TreeMap<>();
        for (Deployed deployed : controller.versions().all()) {
            TopLevelItem item = folder.held(deployed.version());
            if (item instanceof Job<?, ?> job && job.hasPermission(Item.READ)) {
                byName.computeIfAbsent(deployed.name(), name -> new ArrayList<>())
                        .add(new SuiteVersion(
                                deployed,
                                job,
                                index.versions().get(deployed.version()),
                                index.isLatest(deployed.version()),
                                controller.versions().paused(deployed.version()).orElse(null)));
            }
        }
        Map<String, List<String>> users = users(byName);
        List<SuiteJob> jobs = new ArrayList<>();
        byName.forEach((name, versions) -> {
            versions.sort(Comparator.comparing(SuiteVersion::isLatest)
                    .thenComparing(SuiteVersion::deployedAt)
                    .reversed());
            jobs.add(new SuiteJob(name, versions, users.getOrDefault(name, List.of())));
        });
        return jobs;
    }

    /** The common names whose shown version calls a job, by that job's. */
    private static Map<String, List<String>> users(Map<String, List<SuiteVersion>> byName) {
        Map<String, List<String>> users = new TreeMap<>();
        byName.forEach((name, versions) -> versions.stream()
                .filter(SuiteVersion::isLatest)
                .flatMap(version -> version.deployed().uses().keySet().stream())
                .forEach(used ->
                        users.computeIfAbsent(used, u -> new ArrayList<>()).add(name)));
        return users;
    }
}
