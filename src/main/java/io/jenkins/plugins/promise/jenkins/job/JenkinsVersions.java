package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.Job;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.BrokenVersion;
import io.jenkins.plugins.promise.deployment.LedgerVersions;
import io.jenkins.plugins.promise.deployment.Pause;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.util.Timer;

/**
 * The versions deployed on the controllers that share a ledger, and one job here for each. What the ledger says counts:
 * jobs of versions that another controller has deployed are made when that is noticed.
 */
public final class JenkinsVersions implements VersionStore {
    private final LedgerVersions ledger;
    private final DeployedJobs jobs;
    /** The revision that the jobs agree with, or that somebody has been sent to make them agree with. */
    private final AtomicLong agreed;

    /** The versions that a ledger knows. */
    public JenkinsVersions(LedgerVersions ledger) {
        this.ledger = ledger;
        this.jobs = new DeployedJobs(ledger);
        this.agreed = new AtomicLong(ledger.index().revision());
    }

    /** Makes the jobs agree with the ledger again, also where somebody has deleted one. */
    public synchronized void agree() {
        agreed.set(ledger.index().revision());
        jobs.agree();
    }

    /** The jobs with builds that the ledger knows nothing of, by name: nobody runs them, and nobody removes them. */
    public List<String> unknownJobs() {
        return jobs.unknown();
    }

    /** Whether a job is one with builds that the ledger knows nothing of. */
    boolean unknown(String name) {
        return jobs.unknown(name);
    }

    /** The job of a version; nothing if it is not here, or no version has that name. */
    Optional<Job<?, ?>> present(String name) {
        return jobs.find(name);
    }

    /** The job of a deployed version; it is made if it is not here yet. Nothing if that cannot be. */
    Optional<Job<?, ?>> job(Deployed deployed) {
        Optional<Job<?, ?>> job = jobs.find(deployed.version());
        if (job.isPresent()) {
            return job;
        }
        synchronized (this) {
            // It may have been pruned while this waited.
            return ledger.index().versions().containsKey(deployed.version()) ? jobs.made(deployed) : Optional.empty();
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
        try {
            for (Release release : added) {
                jobs.makeFor(release.deployed(), then.owner(release.deployed().name()));
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

    @Override
    public synchronized boolean remove(Collection<String> removed, VersionIndex before, VersionIndex then)
            throws IOException {
        boolean done = ledger.remove(removed, before, then);
        agree();
        return done;
    }

    @Override
    public boolean pause(String version, Optional<Pause> then) throws IOException {
        boolean done = ledger.pause(version, then);
        agreed.set(ledger.index().revision());
        return done;
    }

    @Override
    public Map<String, Pause> paused() {
        return ledger.paused();
    }

    @Override
    public Optional<Pause> paused(String version) {
        return ledger.paused(version);
    }

    /** The deployed version of that name. */
    public Deployed deployed(String version) throws IOException {
        return resolve(version)
                .orElseThrow(() ->
                        new IOException(broken(version).orElse("the version " + version + " is no longer deployed")));
    }

    /** A deployed orchestration's script with its libraries. */
    public ScriptSource source(String version) throws IOException {
        return source(deployed(version));
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
    public Optional<Deployed> known(String name) {
        return ledger.known(name);
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
