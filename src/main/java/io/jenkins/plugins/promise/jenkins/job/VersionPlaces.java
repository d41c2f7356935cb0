package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.promise.jenkins.suite.SuiteFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Where the jobs of deployed versions lie: each suite's in a folder, where the plugin Folders is there; else beside all
 * other jobs, as all of them did once, and those that lie there stay.
 */
final class VersionPlaces {
    private static final String FOLDERS = "cloudbees-folder";

    /** Whether a job lies where that of a version of its name does. */
    static boolean holds(Job<?, ?> job) {
        ItemGroup<?> parent = job.getParent();
        return parent instanceof VersionsFolder
                // A job of that name outside would speak for the version that lies in a folder.
                || (parent == Jenkins.get() && folders().noneMatch(folder -> folder.held(job.getName()) != null));
    }

    private static Stream<VersionsFolder> folders() {
        return Jenkins.get().getItemMap().values().stream()
                .filter(VersionsFolder.class::isInstance)
                .map(VersionsFolder.class::cast);
    }

    /** The job of a version; nothing if it is not here. */
    Optional<Job<?, ?>> find(String version) {
        Map<String, TopLevelItem> beside = Jenkins.get().getItemMap();
        Stream<TopLevelItem> found =
                Stream.concat(folders().map(folder -> folder.held(version)), Stream.ofNullable(beside.get(version)));
        return found.filter(Job.class::isInstance)
                .<Job<?, ?>>map(item -> (Job<?, ?>) item)
                .filter(job -> PromiseContract.versionOf(job).isPresent())
                .findFirst();
    }

    /** All jobs that are versions. */
    List<Job<?, ?>> all() {
        Stream<TopLevelItem> items = Stream.concat(
                folders().flatMap(folder -> folder.held().stream()), Jenkins.get().getItemMap().values().stream());
        return items.filter(Job.class::isInstance)
                .<Job<?, ?>>map(item -> (Job<?, ?>) item)
                .filter(job -> PromiseContract.versionOf(job).isPresent())
                .toList();
    }

    /**
     * Where the job of a version of a suite is to lie; the suite's folder is made if it is not there.
     *
     * @param suite nothing for a version that is no suite's any more
     * @throws IOException if another item has that name there
     */
    ItemGroup<TopLevelItem> free(Optional<String> suite, String version) throws IOException {
        if (Jenkins.get().getItemMap().get(version) != null) {
            throw new IOException("there is a job named " + version + " that was not deployed");
        }
        if (suite.isEmpty() || Jenkins.get().getPlugin(FOLDERS) == null) {
            return Jenkins.get();
        }
        Optional<VersionsFolder> folder =
                folders().filter(f -> f.getSuite().equals(suite.get())).findFirst();
        return folder.isPresent() ? folder.get() : SuiteFolder.make(suite.get());
    }

    /** Puts a job where it was made for. */
    void put(TopLevelItem job, ItemGroup<?> place, String version) throws IOException {
        if (place instanceof VersionsFolder folder) {
            folder.put(job);
        } else {
            Jenkins.get().add(job, version);
        }
    }

    /** Removes the folders of suites of which no version is left. */
    void removeEmpty() throws IOException, InterruptedException {
        for (VersionsFolder folder : folders().toList()) {
            if (folder.held().isEmpty()) {
                folder.remove();
            }
        }
    }
}
