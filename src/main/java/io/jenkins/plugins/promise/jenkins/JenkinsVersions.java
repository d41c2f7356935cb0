package io.jenkins.plugins.promise.jenkins;

import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.BrokenVersion;
import io.jenkins.plugins.promise.deployment.VersionFolder;
import io.jenkins.plugins.promise.deployment.VersionIndex;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The versions deployed on a controller: their files in a folder, and one job for each. The folder's index alone says
 * which of them count, so that a crash in the middle of a deployment leaves jobs that the next start removes.
 */
@SuppressWarnings("try") // who acts is all that the resource is for
final class JenkinsVersions implements VersionStore {
    private static final Logger LOGGER = Logger.getLogger(JenkinsVersions.class.getName());

    private final VersionFolder folder;

    JenkinsVersions(VersionFolder folder) {
        this.folder = folder;
    }

    /** Makes the jobs agree with the index again; after a start. */
    void repair() {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : Jenkins.get().getItems(Job.class)) {
                PromiseContract contract = job.getProperty(PromiseContract.class);
                if (contract != null
                        && contract.getVersion() != null
                        && !folder.index().versions().containsKey(contract.getVersion())) {
                    LOGGER.log(Level.INFO, "{0} belongs to a deployment that did not end; removed", job.getName());
                    delete(job);
                }
            }
            for (Deployed deployed : folder.all()) {
                if (Jenkins.get().getItem(deployed.version()) == null) {
                    LOGGER.log(Level.WARNING, "the job of {0} was gone; made again", deployed.version());
                    create(deployed);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, "the deployed jobs cannot be repaired", e);
        }
    }

    @Override
    public boolean deploy(List<Release> added, VersionIndex before, VersionIndex then) throws IOException {
        List<Job<?, ?>> created = new ArrayList<>();
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            try {
                for (Release release : added) {
                    // The job of a version that could not be read is still there.
                    if (!before.versions().containsKey(release.deployed().version())) {
                        created.add(create(release.deployed()));
                    }
                }
                boolean done = folder.deploy(added, before, then);
                if (!done) {
                    created.forEach(JenkinsVersions::delete);
                }
                return done;
            } catch (IOException | RuntimeException e) {
                if (!folder.index().equals(then)) {
                    created.forEach(JenkinsVersions::delete);
                }
                throw e;
            }
        }
    }

    private static Job<?, ?> create(Deployed deployed) throws IOException {
        if (Jenkins.get().getItem(deployed.version()) != null) {
            throw new IOException("there is a job named " + deployed.version() + " that was not deployed");
        }
        return deployed.kind() == JobKind.ORCHESTRATION
                ? PromiseOrchestration.create(deployed)
                : PromiseWorker.create(deployed);
    }

    private static void delete(Job<?, ?> job) {
        try {
            job.delete();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the job " + job.getName() + " stays until the next start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean remove(Collection<String> removed, VersionIndex before, VersionIndex then) throws IOException {
        if (!folder.remove(removed, before, then)) {
            return false;
        }
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            for (String version : removed) {
                if (Jenkins.get().getItem(version) instanceof Job<?, ?> job) {
                    delete(job);
                }
            }
        }
        return true;
    }

    @Override
    public Path files(Deployed deployed) {
        return folder.files(deployed);
    }

    @Override
    public ScriptSource source(Deployed deployed) throws IOException {
        return folder.source(deployed);
    }

    @Override
    public Path incoming() {
        return folder.incoming();
    }

    @Override
    public Optional<SubmitToken> token(String commonName) {
        return folder.token(commonName);
    }

    @Override
    public Optional<String> broken(String name) {
        return folder.broken(name);
    }

    @Override
    public List<BrokenVersion> broken() {
        return folder.broken();
    }

    @Override
    public VersionIndex index() {
        return folder.index();
    }

    @Override
    public Instant lastUsed(String version) throws IOException {
        return folder.lastUsed(version);
    }

    @Override
    public Optional<Deployed> resolve(String name) {
        return folder.resolve(name);
    }

    @Override
    public List<Deployed> all() {
        return folder.all();
    }

    @Override
    public void used(String version) {
        folder.used(version);
    }
}
