package io.jenkins.plugins.promise.deployment;

import com.google.common.io.ByteSource;
import com.google.common.io.MoreFiles;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.bundle.BrokenBundle;
import io.jenkins.plugins.promise.deployment.bundle.BundleIndex;
import io.jenkins.plugins.promise.deployment.bundle.ContentDigest;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.deployment.bundle.VersionCheck;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is kept of one version on a disk: an orchestration's source, and its files. */
final class VersionFiles {
    private static final String DESCRIPTION = "version.json";
    private static final String SOURCE = "source.json";
    private static final String FILES = "files";

    private final Path folder;

    /** Those in a folder of their own, which need not be there. */
    VersionFiles(Path folder) {
        this.folder = folder;
    }

    /** The folder of the files. */
    Path files() {
        return folder.resolve(FILES);
    }

    /** An orchestration's script with its libraries. */
    ScriptSource source() throws IOException {
        Path file = folder.resolve(SOURCE);
        try {
            return BundleIndex.source(Files.readAllBytes(file), SOURCE);
        } catch (BrokenBundle e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Reads a description.
     *
     * @param known the versions that it may use
     * @throws IOException if it is not as it is written
     * @throws BrokenBundle if it makes no sense
     */
    static Deployed described(byte[] json, Set<String> known) throws IOException, BrokenBundle {
        Deployed read = Json.mapper().readValue(json, Deployed.class);
        if (read == null) {
            throw new BrokenBundle(DESCRIPTION + " is null");
        }
        VersionCheck.check(read, known);
        return read;
    }

    /** Writes all of a release, whatever it holds. */
    void copy(Release release) throws IOException {
        DurableFiles.delete(folder);
        Files.createDirectories(files());
        for (Map.Entry<String, ByteSource> file : release.files().entrySet()) {
            write(file.getValue(), files().resolve(file.getKey()));
        }
        Path script = files().resolve(release.deployed().script());
        if (Files.exists(script) && !script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
        if (release.source() != null) {
            write(release.source(), folder.resolve(SOURCE));
        }
    }

    private static void write(ByteSource content, Path file) throws IOException {
        MoreFiles.createParentDirectories(file);
        content.copyTo(MoreFiles.asByteSink(file, StandardOpenOption.CREATE_NEW));
    }

    /** Whether a version's files are here as it was deployed, all of them and no other ones. */
    boolean hold(Deployed deployed) throws IOException {
        Map<String, ByteSource> written = new TreeMap<>();
        try (Stream<Path> all = Files.walk(files())) {
            for (Path file : (Iterable<Path>) all.filter(f -> !Files.isDirectory(f))::iterator) {
                written.put(files().relativize(file).toString(), MoreFiles.asByteSource(file));
            }
        }
        try {
            ScriptSource script = Files.exists(folder.resolve(SOURCE))
                    ? BundleIndex.source(Files.readAllBytes(folder.resolve(SOURCE)), SOURCE)
                    : null;
            return ContentDigest.of(deployed, script, written).text().equals(deployed.content());
        } catch (BrokenBundle e) {
            return false;
        }
    }
}
