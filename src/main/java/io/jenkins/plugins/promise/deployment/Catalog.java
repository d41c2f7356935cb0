package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is deployed on a host. */
public interface Catalog {
    /** The version that a common name stands for now, or that version itself; nothing for one that is broken. */
    Optional<Deployed> resolve(String name);

    /** What {@link #resolve} found last: from memory alone, for whoever holds what others wait for. */
    default Optional<Deployed> known(String name) {
        return resolve(name);
    }

    /** All deployed versions that can be used, those of one common name together with the latest first. */
    List<Deployed> all();

    /** Who may submit a job over HTTP, in any of its versions; nothing where nobody may. */
    Optional<SubmitToken> token(String commonName);

    /** Why a version, or the one that a common name stands for, cannot be used although it is deployed. */
    Optional<String> broken(String name);

    /** Why a version that {@link #resolve} does not find cannot be built, in a sentence. */
    default String absence(String version) {
        return broken(version).orElse("the version " + version + " is no longer deployed");
    }

    /** Since when nothing of a version is started; nothing if it is. From memory: asked often. */
    default Optional<Pause> paused(String version) {
        return Optional.ofNullable(paused().get(version));
    }

    /** The versions of which nothing is started. */
    default Map<String, Pause> paused() {
        return Map.of();
    }

    /** Takes note that a version was submitted or has settled. */
    void used(String version);
}
