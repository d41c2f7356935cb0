package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is deployed, at one moment.
 *
 * @param index which versions there are, and what common names stand for
 * @param versions those that can be used
 * @param broken those that cannot, and common names that cannot be read
 * @param uploads under which name the ledger keeps each version's files
 * @param paused those of which nothing is started
 */
record DeployedVersions(
        VersionIndex index,
        Map<String, Deployed> versions,
        Map<String, BrokenVersion> broken,
        Map<String, String> uploads,
        Map<String, Pause> paused) {
    static final DeployedVersions NONE =
            new DeployedVersions(VersionIndex.EMPTY, Map.of(), Map.of(), Map.of(), Map.of());

    /** Copies what it is given. */
    DeployedVersions {
        versions = new TreeMap<>(versions);
        broken = new TreeMap<>(broken);
        uploads = new TreeMap<>(uploads);
        paused = new TreeMap<>(paused);
    }

    /** The version that a common name stands for, or that version itself; nothing for one that is broken. */
    Optional<Deployed> resolve(String name) {
        return Optional.ofNullable(versions.get(index.latestOf(name).orElse(name)));
    }

    /** Why a version, or the one that a common name stands for, cannot be used although it is deployed. */
    Optional<String> broken(String name) {
        return Optional.ofNullable(broken.get(index.latestOf(name).orElse(name)))
                .map(BrokenVersion::reason);
    }

    /** All that can be used, those of one common name together with the latest first. */
    List<Deployed> all() {
        return versions.values().stream()
                .sorted(Comparator.comparing(Deployed::name)
                        .thenComparing(d -> !index.latestOf(d.name()).equals(Optional.of(d.version())))
                        .thenComparing(
                                d -> index.versions().getOrDefault(d.version(), Instant.MIN), Comparator.reverseOrder())
                        .thenComparing(Deployed::version))
                .toList();
    }
}
