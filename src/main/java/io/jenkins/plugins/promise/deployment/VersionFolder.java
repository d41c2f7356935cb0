package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.contract.Json;
import io.jenkins.plugins.promise.ledger.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The versions deployed on a host, one folder each, and the index that says which of them count. */
public final class VersionFolder implements VersionStore {
    private static final Logger LOGGER = Logger.getLogger(VersionFolder.class.getName());
    private static final String INDEX = "versions.json";
    private static final String DESCRIPTION = "version.json";
    private static final String SOURCE = "source.json";
    private static final String FILES = "files";
    /** Its time of change is when the version was last used. */
    private static final String USED = "used";

    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    private final Path folder;
    private final Clock clock;
    private final Map<String, Deployed> versions = new ConcurrentHashMap<>();
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();
    private volatile VersionIndex index = VersionIndex.EMPTY;

    private VersionFolder(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Opens a folder, making it if it is not there; what an interrupted deployment or pruning left is removed.
     *
     * @throws IOException if it cannot be read
     */
    public static VersionFolder open(Path folder, Clock clock) throws IOException {
        VersionFolder catalog = new VersionFolder(folder, clock);
        Files.createDirectories(folder);
        catalog.index = catalog.readIndex();
        for (String version : catalog.index.versions().keySet()) {
            Path description = folder.resolve(version).resolve(DESCRIPTION);
            catalog.versions.put(version, Json.mapper().readValue(description.toFile(), Deployed.class));
        }
        List<Path> folders;
        try (Stream<Path> all = Files.list(folder)) {
            folders = all.filter(Files::isDirectory).toList();
        }
        for (Path version : folders) {
            if (!catalog.versions.containsKey(version.getFileName().toString())) {
                // A controller was killed while it deployed or pruned this version.
                DurableFiles.delete(version);
            }
        }
        return catalog;
    }

    @Override
    public VersionIndex index() {
        return index;
    }

    @Override
    public void add(List<Release> added, VersionIndex then) throws IOException {
        try {
            for (Release release : added) {
                write(release);
            }
            if (!added.isEmpty()) {
                DurableFiles.forceFolder(folder);
            }
            write(then);
        } catch (IOException e) {
            // The disk may fail after the new index has taken the old one's place: then what it names must stay.
            if (!readIndex().equals(then)) {
                for (Release release : added) {
                    DurableFiles.delete(folder.resolve(release.deployed().version()));
                }
            }
            throw e;
        }
        added.forEach(r -> versions.put(r.deployed().version(), r.deployed()));
        index = then;
    }

    @Override
    public void replaceToken(Deployed withToken) throws IOException {
        Deployed changed = versions.get(withToken.version()).withToken(withToken.token());
        describe(changed);
        versions.put(changed.version(), changed);
    }

    @Override
    public void remove(Collection<String> removed, VersionIndex then) throws IOException {
        write(then);
        index = then;
        for (String version : removed) {
            versions.remove(version);
            noted.remove(version);
        }
        for (String version : removed) {
            try {
                DurableFiles.delete(folder.resolve(version));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "the files of " + version + " stay until the next start", e);
            }
        }
    }

    private VersionIndex readIndex() throws IOException {
        Path file = folder.resolve(INDEX);
        return Files.exists(file) ? Json.mapper().readValue(file.toFile(), VersionIndex.class) : VersionIndex.EMPTY;
    }

    private void write(VersionIndex then) throws IOException {
        DurableFiles.write(
                folder.resolve(INDEX),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(then));
    }

    private void write(Release release) throws IOException {
        Path version = folder.resolve(release.deployed().version());
        DurableFiles.delete(version);
        Path files = version.resolve(FILES);
        Files.createDirectories(files);
        for (Map.Entry<String, byte[]> file : release.files().entrySet()) {
            Path target = files.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            DurableFiles.write(target, file.getValue());
        }
        Path script = files.resolve(release.deployed().script());
        if (Files.exists(script) && !script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
        if (release.source() != null) {
            DurableFiles.write(version.resolve(SOURCE), Json.mapper().writeValueAsBytes(release.source()));
        }
        describe(release.deployed());
    }

    private void describe(Deployed deployed) throws IOException {
        DurableFiles.write(
                folder.resolve(deployed.version()).resolve(DESCRIPTION),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(deployed));
    }

    @Override
    public void used(String version) {
        Instant now = clock.instant();
        Instant before = noted.get(version);
        if (before != null && before.plus(USE_IS_NOTED_EVERY).isAfter(now)) {
            return;
        }
        noted.put(version, now);
        Path used = folder.resolve(version).resolve(USED);
        try {
            if (versions.containsKey(version)) {
                if (Files.notExists(used)) {
                    Files.createFile(used);
                }
                Files.setLastModifiedTime(used, FileTime.from(now));
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the use of " + version + " cannot be noted; prune may take it for unused", e);
        }
    }

    @Override
    public Instant lastUsed(String version) throws IOException {
        Path used = folder.resolve(version).resolve(USED);
        Instant deployed = index.versions().getOrDefault(version, Instant.MIN);
        return Files.exists(used) ? Files.getLastModifiedTime(used).toInstant() : deployed;
    }

    @Override
    public Optional<Deployed> resolve(String name) {
        return Optional.ofNullable(versions.get(index.latestOf(name).orElse(name)));
    }

    @Override
    public List<Deployed> all() {
        VersionIndex now = index;
        return versions.values().stream()
                .sorted(Comparator.comparing(Deployed::name)
                        .thenComparing(d -> !now.isLatest(d))
                        .thenComparing(
                                d -> now.versions().getOrDefault(d.version(), Instant.MIN), Comparator.reverseOrder())
                        .thenComparing(Deployed::version))
                .toList();
    }

    /** The folder of a version's files. */
    public Path files(Deployed deployed) {
        return folder.resolve(deployed.version()).resolve(FILES);
    }

    /** An orchestration's script with its libraries. */
    public ScriptSource source(Deployed deployed) throws IOException {
        return Json.mapper()
                .readValue(folder.resolve(deployed.version()).resolve(SOURCE).toFile(), ScriptSource.class);
    }
}
