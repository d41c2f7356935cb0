package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.BrokenVersion;
import io.jenkins.plugins.promise.deployment.LedgerVersions;
import io.jenkins.plugins.promise.deployment.VersionIndex;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/**
 * The versions deployed on the controllers that share a ledger, and one job here for each. What the ledger says counts:
 * jobs of versions that another controller has deployed are made when that is noticed, and what is left of a deployment
 * that did not end, or of what another one has pruned, is removed.
 */
@SuppressWarnings("try") // who acts is all that the resource is for
public final class JenkinsVersions implements VersionStore {
    private static final Logger LOGGER = Logger.getLogger(JenkinsVersions.class.getName());

    private final LedgerVersions ledger;
    /** The revision that the jobs agree with, or that somebody has been sent to make them agree with. */
    private final AtomicLong agreed;
    /** Versions whose jobs cannot be made, and that this was told of. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public JenkinsVersions(LedgerVersions ledger) {
        this.ledger = ledger;
        this.agreed = new AtomicLong(ledger.index().revision());
    }

    /** Makes the jobs agree with the ledger again, also where somebody has deleted one. */
    public synchronized void agree() {
        VersionIndex index = ledger.index();
        agreed.set(index.revision());
        told.retainAll(index.versions().keySet());
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : Jenkins.get().getItems(Job.class)) {
                Optional<String> version = versionOf(job);
                if (version.isPresent() && !index.versions().containsKey(version.get())) {
                    LOGGER.log(Level.INFO, "{0} is not deployed, or not any more; its job is removed", job.getName());
                    delete(job);
                }
            }
            for (Deployed deployed : ledger.all()) {
                if (index.versions().containsKey(deployed.version())) {
                    makeIfMissing(deployed);
                }
            }
        }
    }

    private void makeIfMissing(Deployed deployed) {
        try {
            if (present(deployed.version()).isEmpty()) {
                create(deployed);
                LOGGER.log(Level.INFO, "the job of {0}, which is deployed, was made", deployed.version());
            }
            told.remove(deployed.version());
        } catch (IOException | RuntimeException e) {
            if (told.add(deployed.version())) {
                LOGGER.log(Level.SEVERE, "the job of " + deployed.version() + " cannot be made", e);
            }
        }
    }

    private static Optional<String> versionOf(Job<?, ?> job) {
        return Optional.ofNullable(job.getProperty(PromiseContract.class)).map(PromiseContract::getVersion);
    }

    /** The job here that is this version, and no other one of its name. */
    private static Optional<Job<?, ?>> present(String version) {
        return Jenkins.get().getItem(version) instanceof Job<?, ?> job
                        && versionOf(job).equals(Optional.of(version))
                ? Optional.of(job)
                : Optional.empty();
    }

    /** The job of a deployed version; it is made if it is not here yet. Nothing if that cannot be. */
    Optional<Job<?, ?>> job(Deployed deployed) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            Optional<Job<?, ?>> job = present(deployed.version());
            if (job.isPresent()) {
                return job;
            }
            synchronized (this) {
                // It may have been pruned while this waited.
                if (ledger.index().versions().containsKey(deployed.version())) {
                    makeIfMissing(deployed);
                }
            }
            return present(deployed.version());
        }
    }

    /** Sends somebody to make the jobs agree when another controller has changed what is deployed. */
    private LedgerVersions noticed() {
        long revision = ledger.index().revision();
        if (agreed.getAndSet(revision) != revision) {
            Timer.get().execute(this::agree);
        }
        return ledger;
    }

    @Override
    public synchronized boolean deploy(List<Release> added, VersionIndex before, VersionIndex then) throws IOException {
        boolean done = false;
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            for (Release release : added) {
                // The job of a version that could not be read may still be there.
                if (present(release.deployed().version()).isEmpty()) {
                    create(release.deployed());
                }
            }
            done = ledger.deploy(added, before, then);
            return done;
        } finally {
            if (done) {
                agreed.set(ledger.index().revision());
            } else {
                agree();
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
            LOGGER.log(Level.WARNING, "the job " + job.getName() + " stays for now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean remove(Collection<String> removed, VersionIndex before, VersionIndex then)
            throws IOException {
        boolean done = ledger.remove(removed, before, then);
        agree();
        return done;
    }

    @Override
    public Path files(Deployed deployed) throws IOException {
        return ledger.files(deployed);
    }

    @Override
    public ScriptSource source(Deployed deployed) throws IOException {
        return ledger.source(deployed);
    }

    @Override
    public Path incoming() {
        return ledger.incoming();
    }

    @Override
    public Optional<SubmitToken> token(String commonName) {
        return noticed().token(commonName);
    }

    @Override
    public Optional<String> broken(String name) {
        return noticed().broken(name);
    }

    @Override
    public List<BrokenVersion> broken() {
        return noticed().broken();
    }

    @Override
    public VersionIndex index() {
        return noticed().index();
    }

    @Override
    public Instant lastUsed(String version) throws IOException {
        return ledger.lastUsed(version);
    }

    @Override
    public Optional<Deployed> resolve(String name) {
        return noticed().resolve(name);
    }

    @Override
    public List<Deployed> all() {
        return noticed().all();
    }

    @Override
    public void used(String version) {
        ledger.used(version);
    }
}
