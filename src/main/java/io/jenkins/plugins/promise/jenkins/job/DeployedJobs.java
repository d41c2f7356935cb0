package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.deployment.LedgerVersions;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The jobs of the deployed versions, one each. One that is missing is made. One of a version that is not deployed any more
 * is removed if it was pruned, or if nothing was ever built of it; else it stays, is run by nobody, and an administrator is
 * told: the ledger may be another one than before, or an older one.
 */
@SuppressWarnings("try") // who acts is all that the resource is for
final class DeployedJobs {
    private static final Logger LOGGER = Logger.getLogger(DeployedJobs.class.getName());

    private final LedgerVersions ledger;
    private final VersionPlaces places = new VersionPlaces();
    /** Versions whose jobs cannot be made, and that this was told of. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    /** Versions whose jobs cannot be removed, and that this was told of. */
    private final Set<String> staying = ConcurrentHashMap.newKeySet();
    /** Names of jobs with builds that the ledger knows nothing of. */
    private volatile Set<String> unknown = Set.of();

    DeployedJobs(LedgerVersions ledger) {
        this.ledger = ledger;
    }

    /** Makes the jobs agree with what is deployed, also where somebody has deleted one. */
    void agree() {
        Set<String> deployed = ledger.index().versions().keySet();
        told.retainAll(deployed);
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            removeAllBut(deployed);
            ledger.all().stream().filter(d -> deployed.contains(d.version())).forEach(this::makeIfMissing);
        }
    }

    private void removeAllBut(Set<String> deployed) {
        Map<String, Job<?, ?>> others = new TreeMap<>();
        for (Job<?, ?> job : places.all()) {
            PromiseContract.versionOf(job)
                    .filter(v -> !deployed.contains(v))
                    .ifPresent(version -> others.put(version, job));
        }
        Set<String> pruned = pruned(others.keySet());
        Set<String> kept = new TreeSet<>();
        others.forEach((version, job) -> {
            if (pruned.contains(version) || job.getLastBuild() == null) {
                remove(version, job);
            } else {
                kept.add(version);
            }
        });
        kept.stream()
                .filter(version -> !unknown.contains(version))
                .forEach(version -> LOGGER.log(
                        Level.WARNING,
                        "the job {0} stays, for it has builds; but that version is neither deployed in this ledger nor"
                                + " pruned from it, and nobody runs it",
                        version));
        unknown = Set.copyOf(kept);
        removeEmptyFolders();
    }

    private void removeEmptyFolders() {
        try {
            places.removeEmpty();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "the folder of a suite that has no versions any more stays for now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<String> pruned(Set<String> versions) {
        try {
            return ledger.pruned(versions);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "jobs of versions that were pruned are removed later", e);
            return Set.of();
        }
    }

    /** The jobs with builds of versions that the ledger knows nothing of, by name. */
    List<String> unknown() {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return unknown.stream()
                    .filter(v -> unknown(v) && places.find(v).isPresent())
                    .sorted()
                    .toList();
        }
    }

    /** Whether a version's job has builds, and the ledger knows nothing of it. */
    boolean unknown(String version) {
        return unknown.contains(version) && !ledger.index().versions().containsKey(version);
    }

    private void makeIfMissing(Deployed deployed) {
        try {
            if (places.find(deployed.version()).isEmpty()) {
                create(deployed, ledger.index().owner(deployed.name()));
                LOGGER.log(Level.INFO, "the job of {0}, which is deployed, was made", deployed.version());
            }
            told.remove(deployed.version());
        } catch (IOException | RuntimeException e) {
            if (told.add(deployed.version())) {
                LOGGER.log(Level.SEVERE, "the job of " + deployed.version() + " cannot be made", e);
            }
        }
    }

    /** The job of a version; nothing if it is not here. */
    Optional<Job<?, ?>> find(String version) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return places.find(version);
        }
    }

    /** The job of a deployed version, which is made if it is not here yet. Nothing if that cannot be. */
    Optional<Job<?, ?>> made(Deployed deployed) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            makeIfMissing(deployed);
            return places.find(deployed.version());
        }
    }

    /**
     * Makes the job of a version that is being deployed; that of one that could not be read may still be here.
     *
     * @param suite whose its common name will be
     * @throws IOException if there is another job of that name, or it cannot be written
     */
    void makeFor(Deployed deployed, Optional<String> suite) throws IOException {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            if (places.find(deployed.version()).isEmpty()) {
                create(deployed, suite);
            }
        }
    }

    private void create(Deployed deployed, Optional<String> suite) throws IOException {
        ItemGroup<TopLevelItem> place = places.free(suite, deployed.version());
        TopLevelItem job = deployed.kind() == JobKind.ORCHESTRATION
                ? PromiseOrchestration.create(deployed, place)
                : PromiseWorker.create(deployed, place);
        places.put(job, place, deployed.version());
    }

    /** Another plugin may not let it go: then it stays, and is tried again, and the others go. */
    private void remove(String version, Job<?, ?> job) {
        try {
            job.delete();
            LOGGER.log(Level.INFO, "{0} is not deployed, or not any more; its job was removed", version);
            staying.remove(version);
        } catch (IOException | RuntimeException e) {
            if (staying.add(version)) {
                LOGGER.log(
                        Level.WARNING, "the job of " + version + ", which is not deployed any more, stays for now", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
