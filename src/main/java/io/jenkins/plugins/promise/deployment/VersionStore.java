package io.jenkins.plugins.promise.deployment;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Where a host keeps the versions that are deployed on it. */
public interface VersionStore extends Catalog {
    /** What is deployed now. */
    VersionIndex index();

    /**
     * Takes versions in and lets the index count from then on: all or nothing, also over a crash.
     *
     * @param added the releases that are new in the index
     * @param then the index afterwards
     * @throws IOException if it could not be written; nothing has changed then
     */
    void add(List<Release> added, VersionIndex then) throws IOException;

    /** Changes who may submit a version over HTTP, and nothing else of it. */
    void replaceToken(Deployed withToken) throws IOException;

    /**
     * Lets the index count, and then removes what is no longer in it.
     *
     * @throws IOException if the index could not be written; nothing has changed then
     */
    void remove(Collection<String> removed, VersionIndex then) throws IOException;

    /** When a version was last submitted or settled, or else deployed. */
    Instant lastUsed(String version) throws IOException;
}
