package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.AbstractProject;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.Pause;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/** All promise jobs of a controller: the versions deployed on it, and the jobs that somebody gave a contract there. */
@SuppressWarnings("try") // who acts is all that the resource is for
public final class JenkinsCatalog implements Catalog {
    private final JenkinsVersions versions;

    public JenkinsCatalog(JenkinsVersions versions) {
        this.versions = versions;
    }

    @Override
    public Optional<Deployed> resolve(String name) {
        Optional<Deployed> deployed = versions.resolve(name);
        return deployed.isPresent() ? deployed : item(name).flatMap(this::meant);
    }

    @Override
    public Optional<Deployed> known(String name) {
        Optional<Deployed> deployed = versions.known(name);
        return deployed.isPresent() ? deployed : present(name).flatMap(JenkinsCatalog::contracted);
    }

    /** The Jenkins job of that version or full name; nothing if it is not here. A version's that is missing is not made. */
    public Optional<Job<?, ?>> present(String name) {
        Optional<Job<?, ?>> version = versions.present(name);
        if (version.isPresent()) {
            return version;
        }
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return Optional.ofNullable(Jenkins.get().getItemByFullName(name, Job.class));
        }
    }

    /** The Jenkins job of a version, which is made if it is not there yet, or of that full name. */
    public Optional<Job<?, ?>> item(String name) {
        Optional<Deployed> version =
                versions.resolve(name).filter(d -> d.version().equals(name));
        if (version.isPresent()) {
            return versions.job(version.get());
        }
        return present(name);
    }

    /** What a job promises that was asked for by its full name, which is not that of its version where it lies in a folder. */
    private Optional<Deployed> meant(Job<?, ?> job) {
        Optional<String> version = PromiseContract.versionOf(job);
        return version.isPresent() ? versions.resolve(version.get()) : contracted(job);
    }

    /** What a job promises by itself, not as a deployed version. */
    private static Optional<Deployed> contracted(Job<?, ?> job) {
        return own(job).filter(c -> c.problem().isEmpty()).map(own -> deployed(job, own.contract()));
    }

    /** A job as the model knows jobs; its full name is its common name and its version. */
    private static Deployed deployed(Job<?, ?> job, Contract contract) {
        return new Deployed(
                job.getFullName(),
                job.getFullName(),
                job instanceof AbstractProject<?, ?> ? JobKind.WORKER : JobKind.ORCHESTRATION,
                contract,
                job.getDescription(),
                "",
                job instanceof AbstractProject<?, ?> project ? project.getAssignedLabelString() : null,
                "",
                new TreeMap<>());
    }

    private static Optional<PromiseContract> own(Job<?, ?> job) {
        return Optional.ofNullable(job.getProperty(PromiseContract.class)).filter(c -> c.getVersion() == null);
    }

    @Override
    public List<Deployed> all() {
        List<Deployed> all = new ArrayList<>(versions.all());
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                contracted(job).ifPresent(all::add);
            }
        }
        return all;
    }

    @Override
    public Optional<SubmitToken> token(String commonName) {
        return versions.index().names().containsKey(commonName)
                ? versions.token(commonName)
                : item(commonName).flatMap(JenkinsCatalog::own).flatMap(PromiseContract::submitToken);
    }

    @Override
    public Optional<String> broken(String name) {
        Optional<String> version = versions.broken(name);
        return version.isPresent()
                ? version
                : present(name)
                        .filter(job ->
                                own(job).flatMap(PromiseContract::problem).isPresent())
                        .flatMap(JobTrouble::of);
    }

    @Override
    public Map<String, Pause> paused() {
        return versions.paused();
    }

    @Override
    public Optional<Pause> paused(String version) {
        return versions.paused(version);
    }

    @Override
    public void used(String version) {
        versions.used(version);
    }
}
