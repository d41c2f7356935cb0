package io.jenkins.plugins.promise.deployment;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The paused versions, as rows of the ledger. */
final class PauseRows {
    private PauseRows() {}

    /** All, by version. */
    static Map<String, Pause> read(Handle handle) {
        Map<String, Pause> paused = new TreeMap<>();
        handle.select("SELECT version, paused_by, since FROM paused_version")
                .map((row, context) ->
                        Map.entry(row.getString(1), new Pause(row.getString(2), Instant.ofEpochMilli(row.getLong(3)))))
                .forEach(e -> paused.put(e.getKey(), e.getValue()));
        return paused;
    }

    /**
     * Pauses a version, or resumes it.
     *
     * @param then nothing to resume it
     * @return false, and nothing has changed, if it stands like that already, or is no longer deployed
     */
    static boolean change(Handle handle, String version, Optional<Pause> then) {
        int changed = then.isEmpty()
                ? handle.execute("DELETE FROM paused_version WHERE version = ?", version)
                : handle.execute(
                        "INSERT INTO paused_version (version, paused_by, since) SELECT version, ?, ? FROM version"
                                + " WHERE version = ? AND version NOT IN (SELECT version FROM paused_version)",
                        then.get().by(),
                        then.get().since().toEpochMilli(),
                        version);
        if (changed > 0) {
            // So that other controllers notice.
            handle.execute("UPDATE deployment SET revision = revision + 1");
        }
        return changed > 0;
    }
}
