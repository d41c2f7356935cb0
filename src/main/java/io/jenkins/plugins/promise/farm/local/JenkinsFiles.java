package io.jenkins.plugins.promise.farm.local;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.jenkins.plugins.promise.farm.ControllerKind;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.Security;
import io.jenkins.plugins.promise.farm.WorkerType;
import io.jenkins.plugins.promise.farm.plugin.Plugin;
import io.jenkins.plugins.promise.farm.render.FarmRenderer;
import io.jenkins.plugins.promise.farm.render.OneMachine;
import io.jenkins.plugins.promise.suite.GeneratedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the processes of a Jenkins' farm on this machine are started from. Each state of the farm file has a folder of its
 * own, so that the one before is there still when the next does not come up.
 */
public final class JenkinsFiles {
    private static final int SHOWN = 12;
    private static final String PASSWORD = "-password";

    private final Farm farm;
    private final FarmFolder folder;
    private final JenkinsParts parts;
    private final Collection<Plugin> plugins;
    private final Map<String, Path> here;
    private final String jenkins;
    private final SortedMap<String, byte[]> files;
    private final Path rendered;

    /**
     * Renders them; nothing is written yet.
     *
     * @param plugins all that its Jenkins gets
     * @param here the files of those that are on this machine, by name
     */
    public JenkinsFiles(
            Farm farm, FarmFolder folder, JenkinsParts parts, Collection<Plugin> plugins, Map<String, Path> here)
            throws IOException {
        this.farm = farm;
        this.folder = folder;
        this.parts = parts;
        this.plugins = List.copyOf(plugins);
        this.here = new TreeMap<>(here);
        this.jenkins = farm.controllers().jenkins() + "-"
                + MoreFiles.asByteSource(parts.war())
                        .hash(Hashing.sha256())
                        .toString()
                        .substring(0, SHOWN);
        Path javaBin = Path.of(System.getProperty("java.home"), "bin");
        this.files = FarmRenderer.onOneMachine(
                farm,
                this.plugins.stream()
                        .map(p -> here.containsKey(p.name()) ? p.at(copy(p).toUri()) : p)
                        .toList(),
                OneMachine.of(farm, folder.folder(), javaBin, jenkins));
        this.rendered = states().resolve(digest());
    }

    private Path states() {
        return folder.folder().resolve("rendered");
    }

    private Path wars() {
        return folder.folder().resolve("mirror").resolve("war");
    }

    private Path pluginFiles() {
        return folder.folder().resolve("mirror").resolve("plugins");
    }

    /** A copy: what is built again where it was found is another one, and the state before needs this one. */
    private Path copy(Plugin plugin) {
        return pluginFiles().resolve(plugin.sha256()).resolve(plugin.name() + ".hpi");
    }

    private String digest() {
        Hasher hasher = Hashing.sha256().newHasher();
        files.forEach((path, bytes) -> hasher.putString(path + "\n", StandardCharsets.UTF_8)
                .putInt(bytes.length)
                .putBytes(bytes));
        return hasher.hash().toString().substring(0, SHOWN);
    }

    /** What is to run. */
    public Wanted wanted() {
        List<Wanted.Agent> agents = new ArrayList<>();
        for (WorkerType type : farm.workers().values()) {
            for (String agent : type.agents().subList(0, type.count())) {
                agents.add(new Wanted.Agent(agent, command("run-agent", type.name(), agent)));
            }
        }
        return new Wanted(
                farm.name(),
                ControllerKind.JENKINS,
                farm.url(),
                command("run-controller"),
                Map.of(),
                agents,
                Instant.now());
    }

    private List<String> command(String script, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("bash", rendered.resolve("bin").resolve(script).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Writes them, with the secrets that can be made up.
     *
     * @throws IOException naming a secret that somebody must put there
     */
    public void write() throws IOException {
        Security security = farm.security();
        SecretFiles secrets = new SecretFiles(folder.secrets());
        List<String> given = new ArrayList<>(security.sshKeys());
        security.apiKeys().stream().filter(k -> !security.signing().contains(k)).forEach(given::add);
        if (farm.controllers().ledger().shared()) {
            given.add("ledger-password");
        }
        secrets.require(given);
        List<String> made = new ArrayList<>(security.signing());
        Stream.of(security.admins(), security.users(), List.of("agent"))
                .flatMap(List::stream)
                .forEach(name -> made.add(name + PASSWORD));
        var unused = secrets.files(made);
        new GeneratedFiles(rendered, "promise farm up").write(files);
        copy(parts.war(), wars().resolve(jenkins).resolve("jenkins.war"));
        for (Plugin plugin : plugins) {
            if (here.containsKey(plugin.name())) {
                copy(here.get(plugin.name()), copy(plugin));
            }
        }
        folder.parts(parts);
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.createDirectories(to.getParent());
            Path writing = to.resolveSibling("writing");
            Files.copy(from, writing, StandardCopyOption.REPLACE_EXISTING);
            Files.move(writing, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Forgets all earlier states, now that this one runs. */
    public void tidy() throws IOException {
        forgetBut(states(), Set.of(rendered));
        forgetBut(wars(), Set.of(wars().resolve(jenkins)));
        forgetBut(pluginFiles(), plugins.stream().map(p -> copy(p).getParent()).collect(Collectors.toSet()));
    }

    private static void forgetBut(Path all, Set<Path> some) throws IOException {
        if (!Files.isDirectory(all)) {
            return;
        }
        List<Path> others;
        try (Stream<Path> list = Files.list(all)) {
            others = list.filter(p -> !some.contains(p)).toList();
        }
        for (Path other : others) {
            MoreFiles.deleteRecursively(other, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    /** The file with the password of one of the farm's people. */
    public static Path password(FarmFolder folder, String name) {
        return folder.secrets().resolve(name + PASSWORD);
    }
}
