package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.contract.Json;
import io.jenkins.plugins.promise.ledger.DurableFiles;
import io.jenkins.plugins.promise.orchestration.CompiledScript;
import io.jenkins.plugins.promise.orchestration.OrchestrationCompiler;
import io.jenkins.plugins.promise.orchestration.ScriptErrors;
import io.jenkins.plugins.promise.orchestration.ScriptSource;
import io.jenkins.plugins.promise.suite.Catalog;
import io.jenkins.plugins.promise.suite.Deployed;
import io.jenkins.plugins.promise.suite.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The versions deployed on a local controller, one folder each, and which of them the common names stand for. */
final class LocalCatalog implements Catalog {
    private static final String DESCRIPTION = "deployed.json";
    private static final String SOURCE = "source.json";
    private static final String FILES = "files";
    private static final String LATEST = "latest.json";

    private final Path folder;
    private final OrchestrationCompiler compiler;
    private final Map<String, Deployed> versions = new ConcurrentHashMap<>();
    private final Map<String, CompiledScript> scripts = new ConcurrentHashMap<>();
    private volatile Map<String, String> latest = Map.of();

    private LocalCatalog(Path folder, OrchestrationCompiler compiler) {
        this.folder = folder;
        this.compiler = compiler;
    }

    static LocalCatalog open(Path folder, OrchestrationCompiler compiler) throws IOException {
        LocalCatalog catalog = new LocalCatalog(folder, compiler);
        Files.createDirectories(folder);
        List<Path> folders;
        try (Stream<Path> all = Files.list(folder)) {
            folders = all.filter(Files::isDirectory).toList();
        }
        for (Path version : folders) {
            if (Files.exists(version.resolve(DESCRIPTION))) {
                Deployed deployed =
                        Json.mapper().readValue(version.resolve(DESCRIPTION).toFile(), Deployed.class);
                catalog.versions.put(deployed.version(), deployed);
            } else {
                // A controller was killed while it wrote this version; it is written again when it is deployed again.
                Home.delete(version);
            }
        }
        if (Files.exists(folder.resolve(LATEST))) {
            catalog.latest = Json.mapper()
                    .readValue(
                            folder.resolve(LATEST).toFile(),
                            Json.mapper().getTypeFactory().constructMapType(TreeMap.class, String.class, String.class));
        }
        return catalog;
    }

    /**
     * Deploys releases: their versions are written, then all their common names move at once. Names that are not among
     * them stay.
     */
    synchronized void deploy(List<Release> releases) throws IOException {
        Map<String, String> moved = new TreeMap<>(latest);
        for (Release release : releases) {
            Deployed deployed = release.deployed();
            if (!deployed.equals(versions.get(deployed.version()))) {
                write(release);
            }
            moved.put(deployed.name(), deployed.version());
        }
        DurableFiles.write(folder.resolve(LATEST), Json.mapper().writeValueAsBytes(moved));
        releases.forEach(r -> versions.put(r.deployed().version(), r.deployed()));
        latest = Map.copyOf(moved);
    }

    private void write(Release release) throws IOException {
        Path version = folder.resolve(release.deployed().version());
        Path files = version.resolve(FILES);
        Files.createDirectories(files);
        for (Map.Entry<String, byte[]> file : release.files().entrySet()) {
            Path target = files.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        Path script = files.resolve(release.deployed().script());
        if (Files.exists(script) && !script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
        if (release.source() != null) {
            Files.write(version.resolve(SOURCE), Json.mapper().writeValueAsBytes(release.source()));
        }
        // Last, because a version without it does not count.
        DurableFiles.write(
                version.resolve(DESCRIPTION),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(release.deployed()));
    }

    @Override
    public Optional<Deployed> resolve(String name) {
        return Optional.ofNullable(versions.get(latest.getOrDefault(name, name)));
    }

    @Override
    public List<Deployed> all() {
        return versions.values().stream()
                .sorted(Comparator.comparing(Deployed::name)
                        .thenComparing(d -> !d.version().equals(latest.get(d.name())))
                        .thenComparing(Deployed::version))
                .toList();
    }

    /** The folder of a version's files. */
    Path files(Deployed deployed) {
        return folder.resolve(deployed.version()).resolve(FILES);
    }

    /** An orchestration's script, compiled once. */
    CompiledScript script(Deployed deployed) throws IOException, ScriptErrors {
        CompiledScript known = scripts.get(deployed.version());
        if (known != null) {
            return known;
        }
        ScriptSource source = Json.mapper()
                .readValue(folder.resolve(deployed.version()).resolve(SOURCE).toFile(), ScriptSource.class);
        CompiledScript compiled = compiler.compile(source);
        CompiledScript before = scripts.putIfAbsent(deployed.version(), compiled);
        return before == null ? compiled : before;
    }
}
