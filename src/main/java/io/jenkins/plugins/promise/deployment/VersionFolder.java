package io.jenkins.plugins.promise.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.bundle.BrokenBundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    private static final String INCOMING = "incoming";
    /** Its time of change is when the version was last used. */
    private static final String USED = "used";

    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    private final Path folder;
    private final Clock clock;
    private final Map<String, Deployed> versions = new ConcurrentHashMap<>();
    private final Map<String, BrokenVersion> broken = new ConcurrentHashMap<>();
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();
    private volatile VersionIndex index = VersionIndex.EMPTY;

    private VersionFolder(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Opens a folder, making it if it is not there; what an interrupted deployment or pruning left is removed, and what
     * cannot be read is set aside.
     *
     * @throws IOException if the folder or its index cannot be read
     */
    public static VersionFolder open(Path folder, Clock clock) throws IOException {
        VersionFolder catalog = new VersionFolder(folder, clock);
        Files.createDirectories(folder);
        catalog.index = catalog.readIndex();
        catalog.index.versions().keySet().forEach(catalog::read);
        List<Path> folders;
        try (Stream<Path> all = Files.list(folder)) {
            folders = all.filter(Files::isDirectory).toList();
        }
        for (Path version : folders) {
            if (!catalog.index.versions().containsKey(version.getFileName().toString())) {
                // A controller was killed while it received, deployed or pruned this.
                DurableFiles.delete(version);
            }
        }
        Files.createDirectories(catalog.incoming());
        return catalog;
    }

    private void read(String version) {
        try {
            versions.put(version, of(version).read(index.versions().keySet()));
        } catch (NoSuchFileException e) {
            setAside(version, Path.of(e.getFile()).getFileName() + " is not there");
        } catch (JsonProcessingException e) {
            setAside(version, "version.json: " + Json.told(e));
        } catch (IOException | BrokenBundle e) {
            setAside(version, e.getMessage());
        }
    }

    /** What is told goes into reports: it names no place on this disk. */
    private void setAside(String version, String reason) {
        String told = "the version " + version + " cannot be read: " + reason
                + "; deploy it again, or restore the file and start again";
        LOGGER.log(Level.SEVERE, "{0} ({1})", new Object[] {told, folder});
        broken.put(version, new BrokenVersion(version, told));
    }

    private VersionFiles of(String version) {
        return new VersionFiles(folder.resolve(version));
    }

    @Override
    public VersionIndex index() {
        return index;
    }

    @Override
    public synchronized boolean deploy(List<Release> added, VersionIndex before, VersionIndex then) throws IOException {
        if (before.revision() != index.revision()) {
            return false;
        }
        try {
            for (Release release : added) {
                of(release.deployed().version()).write(release);
            }
            if (!added.isEmpty()) {
                DurableFiles.forceFolder(folder);
            }
            write(then);
        } catch (IOException e) {
            // The disk may fail after the new index has taken the old one's place: then what it names must stay.
            if (!readIndex().equals(then)) {
                for (Release release : added) {
                    String version = release.deployed().version();
                    if (!index.versions().containsKey(version)) {
                        DurableFiles.delete(folder.resolve(version));
                    }
                }
            }
            throw e;
        }
        for (Release release : added) {
            versions.put(release.deployed().version(), release.deployed());
            broken.remove(release.deployed().version());
        }
        index = then;
        return true;
    }

    @Override
    public synchronized boolean remove(Collection<String> removed, VersionIndex before, VersionIndex then)
            throws IOException {
        if (before.revision() != index.revision()) {
            return false;
        }
        write(then);
        index = then;
        for (String version : removed) {
            versions.remove(version);
            broken.remove(version);
            noted.remove(version);
        }
        for (String version : removed) {
            try {
                DurableFiles.delete(folder.resolve(version));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "the files of " + version + " stay until the next start", e);
            }
        }
        return true;
    }

    private VersionIndex readIndex() throws IOException {
        Path file = folder.resolve(INDEX);
        try {
            return Files.exists(file) ? Json.mapper().readValue(file.toFile(), VersionIndex.class) : VersionIndex.EMPTY;
        } catch (JsonProcessingException e) {
            throw new IOException(file + " cannot be read: " + Json.told(e), e);
        }
    }

    private void write(VersionIndex then) throws IOException {
        DurableFiles.write(
                folder.resolve(INDEX),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(then));
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
        return new DeployedVersions(index, versions, broken, Map.of()).all();
    }

    @Override
    public Optional<SubmitToken> token(String commonName) {
        return index.token(commonName);
    }

    @Override
    public Optional<String> broken(String name) {
        return Optional.ofNullable(broken.get(index.latestOf(name).orElse(name)))
                .map(BrokenVersion::reason);
    }

    @Override
    public List<BrokenVersion> broken() {
        return broken.values().stream()
                .sorted(Comparator.comparing(BrokenVersion::version))
                .toList();
    }

    @Override
    public Path incoming() {
        return folder.resolve(INCOMING);
    }

    @Override
    public Path files(Deployed deployed) {
        return of(deployed.version()).files();
    }

    @Override
    public ScriptSource source(Deployed deployed) throws IOException {
        return of(deployed.version()).source();
    }
}
