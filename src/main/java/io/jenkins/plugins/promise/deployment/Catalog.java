package io.jenkins.plugins.promise.deployment;

import java.util.List;
import java.util.Optional;

/** What is deployed on a host. */
public interface Catalog {
    /** The version that a common name stands for now, or that version itself. */
    Optional<Deployed> resolve(String name);

    /** All deployed versions, those of one common name together with the latest first. */
    List<Deployed> all();

    /** Takes note that a version was submitted or has settled. */
    void used(String version);
}
