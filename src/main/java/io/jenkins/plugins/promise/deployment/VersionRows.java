package io.jenkins.plugins.promise.deployment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.bundle.BrokenBundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** What is deployed, as rows of the ledger: all but the files. */
final class VersionRows {
    private final String controller;

    /**
     * The rows, as a controller changes them.
     *
     * @param controller its id, which is the owner of what it leaves to be removed
     */
    VersionRows(String controller) {
        this.controller = controller;
    }

    /** How often what is deployed was changed. */
    long revision(Handle handle) {
        return handle.select("SELECT revision FROM deployment")
                .mapTo(long.class)
                .one();
    }

    /**
     * What is deployed; what cannot be read is set aside.
     *
     * @param damaged why the files of an upload cannot be used
     */
    DeployedVersions read(Handle handle, Map<String, String> damaged) {
        while (true) {
            long revision = revision(handle);
            DeployedVersions read = read(handle, revision, damaged);
            if (revision(handle) == revision) {
                return read;
            }
            // What was changed meanwhile was read in half.
        }
    }

    private static DeployedVersions read(Handle handle, long revision, Map<String, String> damaged) {
        Map<String, BrokenVersion> broken = new TreeMap<>();
        Map<String, Instant> times = new TreeMap<>();
        Map<String, String> uploads = new TreeMap<>();
        List<Row> rows = handle.select("SELECT version, description, upload, deployed FROM version")
                .map((row, context) -> new Row(
                        row.getString(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4))))
                .list();
        rows.forEach(r -> times.put(r.version, r.deployed));
        Map<String, Deployed> versions = new TreeMap<>();
        for (Row row : rows) {
            uploads.put(row.version, row.upload);
            try {
                if (damaged.containsKey(row.upload)) {
                    throw new BrokenBundle(damaged.get(row.upload));
                }
                versions.put(row.version, row.read(times.keySet()));
            } catch (JsonProcessingException e) {
                broken.put(row.version, aside("version", row.version, "version.json: " + Json.told(e)));
            } catch (IOException | BrokenBundle e) {
                broken.put(row.version, aside("version", row.version, e.getMessage()));
            }
        }
        Map<String, VersionIndex.Name> names = new TreeMap<>();
        handle.select("SELECT name, suite, token, stood FROM common_name")
                .map((row, context) ->
                        List.of(row.getString(1), row.getString(2), String.valueOf(row.getString(3)), row.getString(4)))
                .forEach(row -> {
                    try {
                        names.put(row.get(0), name(row.get(1), row.get(2), row.get(3)));
                    } catch (IOException | IllegalArgumentException e) {
                        broken.put(row.get(0), aside("common name", row.get(0), "what it stood for is damaged"));
                    }
                });
        return new DeployedVersions(
                new VersionIndex(revision, times, names), versions, broken, uploads, PauseRows.read(handle));
    }

    private static VersionIndex.Name name(String suite, String token, String stood) throws IOException {
        return new VersionIndex.Name(
                suite,
                Json.mapper().readValue(token, SubmitToken.class),
                Json.mapper().readValue(stood, new TypeReference<List<String>>() {}));
    }

    /** What is told goes into reports. */
    private static BrokenVersion aside(String what, String name, String reason) {
        return new BrokenVersion(name, "the " + what + " " + name + " cannot be read: " + reason + "; deploy it again");
    }

    /**
     * Lets an index count.
     *
     * @param added the versions that are new in it, or take the place of broken ones
     * @param now when it begins to count
     * @return false, and nothing has changed, if {@code before} is no longer what counts
     */
    boolean change(Handle handle, Collection<Uploaded> added, VersionIndex before, VersionIndex then, Instant now) {
        List<String> removed = before.versions().keySet().stream()
                .filter(v -> !then.versions().containsKey(v))
                .toList();
        if (inUse(handle, removed)) {
            // Another controller has accepted a promise of it since the open ones were counted.
            return false;
        }
        // Other controllers' changes wait for this row, and see then that they come too late.
        if (handle.execute("UPDATE deployment SET revision = revision + 1 WHERE revision = ?", before.revision())
                == 0) {
            return false;
        }
        for (String version : removed) {
            leave(handle, version);
            handle.execute("DELETE FROM version WHERE version = ?", version);
            handle.execute("DELETE FROM paused_version WHERE version = ?", version);
            handle.execute("DELETE FROM pruned_version WHERE version = ?", version);
            handle.execute("INSERT INTO pruned_version (version, pruned) VALUES (?, ?)", version, now.toEpochMilli());
        }
        for (Uploaded one : added) {
            leave(handle, one.version());
            if (handle.execute(
                            "UPDATE version SET description = ?, upload = ? WHERE version = ?",
                            one.description(),
                            one.upload(),
                            one.version())
                    == 0) {
                long deployed = then.versions().get(one.version()).toEpochMilli();
                handle.execute(
                        "INSERT INTO version (version, description, upload, deployed, used) VALUES (?, ?, ?, ?, ?)",
                        one.version(),
                        one.description(),
                        one.upload(),
                        deployed,
                        deployed);
            }
        }
        names(handle, before.names(), then.names());
        return true;
    }

    /** Those of the versions that were pruned, by any controller. */
    Set<String> pruned(Handle handle, Collection<String> versions) {
        return versions.isEmpty()
                ? Set.of()
                : handle.select("SELECT version FROM pruned_version WHERE version IN (<versions>)")
                        .bindList("versions", List.copyOf(versions))
                        .mapTo(String.class)
                        .set();
    }

    private static boolean inUse(Handle handle, List<String> versions) {
        return !versions.isEmpty()
                && handle.select("SELECT 1 FROM promise WHERE open = 1 AND version IN (<versions>) LIMIT 1")
                        .bindList("versions", versions)
                        .mapTo(int.class)
                        .findOne()
                        .isPresent();
    }

    /** Who takes a version out removes its files, whoever brought them. */
    private void leave(Handle handle, String version) {
        handle.execute(
                "UPDATE version_upload SET owner = ? WHERE upload IN (SELECT upload FROM version WHERE version = ?)",
                controller,
                version);
    }

    private static void names(
            Handle handle, Map<String, VersionIndex.Name> before, Map<String, VersionIndex.Name> then) {
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(then.keySet());
        changed.removeIf(name -> then.containsKey(name) && then.get(name).equals(before.get(name)));
        for (String name : changed) {
            handle.execute("DELETE FROM common_name WHERE name = ?", name);
            VersionIndex.Name now = then.get(name);
            if (now != null) {
                handle.execute(
                        "INSERT INTO common_name (name, suite, token, stood) VALUES (?, ?, ?, ?)",
                        name,
                        now.suite(),
                        now.token() == null ? null : json(now.token()),
                        json(now.stood()));
            }
        }
    }

    private static String json(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When a version was used last, by any controller. */
    void used(Handle handle, String version, Instant at) {
        handle.execute(
                "UPDATE version SET used = ? WHERE version = ? AND used < ?",
                at.toEpochMilli(),
                version,
                at.toEpochMilli());
    }

    /** When a version was used last, or else deployed; never if it is not. */
    Instant lastUsed(Handle handle, String version) {
        return handle.select("SELECT used FROM version WHERE version = ?", version)
                .mapTo(long.class)
                .findOne()
                .map(Instant::ofEpochMilli)
                .orElse(Instant.MIN);
    }

    /**
     * A version whose files are in the ledger.
     *
     * @param description as JSON
     * @param upload what its files are kept under
     */
    record Uploaded(String version, String description, String upload) {
        static Uploaded of(Deployed deployed, String upload) {
            return new Uploaded(deployed.version(), json(deployed), upload);
        }
    }

    private record Row(String version, String description, String upload, Instant deployed) {
        private Deployed read(Set<String> known) throws IOException, BrokenBundle {
            Deployed read = VersionFiles.described(description.getBytes(StandardCharsets.UTF_8), known);
            if (!read.version().equals(version)) {
                throw new BrokenBundle("it describes the version " + read.version());
            }
            return read;
        }
    }
}
