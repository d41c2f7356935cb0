package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where a host keeps the versions that are deployed on it, possibly together with other controllers. */
public interface VersionStore extends Catalog {
    /** What is deployed now. */
    VersionIndex index();

    /**
     * Takes versions in and lets the index count from then on: all or nothing, also over a crash.
     *
     * @param added the releases that are new in the index, or take the place of broken ones
     * @param before the index that {@code then} was made from
     * @param then the index afterwards
     * @return false, and nothing has changed, if {@code before} is no longer what is deployed; {@link #index} tells then
     *     what is
     * @throws IOException if it could not be written; nothing has changed then
     */
    boolean deploy(List<Release> added, VersionIndex before, VersionIndex then) throws IOException;

    /**
     * Lets the index count, and then removes what is no longer in it.
     *
     * @param before the index that {@code then} was made from
     * @return false, and nothing has changed, if {@code before} is no longer what is deployed
     * @throws IOException if the index could not be written; nothing has changed then
     */
    boolean remove(Collection<String> removed, VersionIndex before, VersionIndex then) throws IOException;

    /**
     * Pauses a version, or resumes it.
     *
     * @param then nothing to resume it
     * @return false, and nothing has changed, if it stands like that already, or is no longer deployed
     * @throws IOException if it could not be written
     */
    boolean pause(String version, Optional<Pause> then) throws IOException;

    /** When a version was last submitted or settled, or else deployed. */
    Instant lastUsed(String version) throws IOException;

    /** The versions that are deployed but cannot be read; they are in nobody's way. */
    List<BrokenVersion> broken();

    /**
     * The folder of a version's files.
     *
     * @throws IOException if they cannot be brought here
     */
    Path files(Deployed deployed) throws IOException;

    /**
     * An orchestration's script with its libraries.
     *
     * @throws IOException if it cannot be read
     */
    ScriptSource source(Deployed deployed) throws IOException;

    /** A folder on the disk of the files for what is on its way in; a start empties it. */
    Path incoming();
}
