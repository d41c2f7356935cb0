package io.jenkins.plugins.promise.farm.plugin;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A folder with plugins' files, each of which says itself what it is and needs. */
public final class PluginFolder implements PluginSource {
    private final Path folder;
    private final Map<String, Path> files = new TreeMap<>();

    /**
     * The plugins in that folder; where two files have one plugin the newer version counts.
     *
     * @throws IOException naming the file that is no plugin
     */
    public PluginFolder(Path folder) throws IOException {
        this.folder = folder;
        Map<String, PluginVersion> versions = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(f -> f.toString().matches(".*\\.[hj]pi"))
                    .sorted()
                    .toList()) {
                Attributes manifest = manifest(file);
                String name = manifest.getValue("Short-Name");
                PluginVersion version = new PluginVersion(manifest.getValue("Plugin-Version"));
                PluginVersion other = versions.get(name);
                if (other == null || other.compareTo(version) < 0) {
                    versions.put(name, version);
                    files.put(name, file);
                }
            }
        }
    }

    @Override
    public Optional<Plugin> find(String name) throws IOException {
        Path file = files.get(name);
        if (file == null) {
            return Optional.empty();
        }
        Attributes manifest = manifest(file);
        return Optional.of(new Plugin(
                name,
                manifest.getValue("Plugin-Version"),
                Optional.ofNullable(manifest.getValue("Jenkins-Version"))
                        .or(() -> Optional.ofNullable(manifest.getValue("Hudson-Version")))
                        .orElse(""),
                dependencies(manifest.getValue("Plugin-Dependencies")),
                MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString(),
                null));
    }

    @Override
    public Optional<Path> file(String name) {
        return Optional.ofNullable(files.get(name)).map(Path::toAbsolutePath);
    }

    private static Attributes manifest(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            if (attributes.getValue("Short-Name") == null || attributes.getValue("Plugin-Version") == null) {
                throw new IOException(file + ": is no plugin: its manifest has no Short-Name and Plugin-Version");
            }
            return attributes;
        } catch (IOException e) {
            throw String.valueOf(e.getMessage()).startsWith(file.toString())
                    ? e
                    : new IOException(file + ": is no plugin: " + e.getMessage(), e);
        }
    }

    /** As {@code name:version;resolution:=optional,name:version}. */
    private static List<Plugin.Dependency> dependencies(String text) {
        List<Plugin.Dependency> dependencies = new ArrayList<>();
        for (String one : text == null ? new String[0] : text.split(",")) {
            String[] parts = one.trim().split(";", 2);
            String[] name = parts[0].split(":", 2);
            if (!name[0].isEmpty()) {
                dependencies.add(new Plugin.Dependency(
                        name[0], name.length > 1 ? name[1] : "0", parts.length > 1 && parts[1].contains("optional")));
            }
        }
        return dependencies;
    }

    @Override
    public Collection<String> names() {
        return files.keySet();
    }

    @Override
    public String told() {
        return "the folder " + folder;
    }
}
