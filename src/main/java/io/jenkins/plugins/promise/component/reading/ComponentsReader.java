package io.jenkins.plugins.promise.component.reading;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.contract.file.JobFile;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.YamlFile;
import io.jenkins.plugins.promise.suite.GitFolder;
import io.jenkins.plugins.promise.suite.Silenced;
import io.jenkins.plugins.promise.watching.component.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the components of a folder, their environments, and the jobs written by hand that may stand in for steps, and
 * checks all that can be known without running anything.
 */
public final class ComponentsReader {
    private static final List<String> ENVIRONMENTS =
            List.of("environments.yaml", "environments.yml", "environments.json");
    private static final List<String> JOB_FILES = List.of("job.yaml", "job.yml", "job.json");
    private static final Comparator<Finding> IN_ORDER =
            Comparator.comparing(Finding::file).thenComparing(Finding::line);

    /** Whether a folder says which environments there are, and so is one of components. */
    public static boolean tellsEnvironments(Path folder) {
        return !environmentFiles(folder).isEmpty();
    }

    private static List<String> environmentFiles(Path folder) {
        return ENVIRONMENTS.stream()
                .filter(f -> Files.exists(folder.resolve(f)))
                .toList();
    }

    /** Reads them; whatever is wrong is among the findings. */
    public Components read(Path folder) {
        List<Finding> findings = new ArrayList<>();
        Path root;
        try {
            root = folder.toRealPath();
        } catch (IOException e) {
            return nothing(folder, "is not a folder; give the folder that the components lie in");
        }
        if (!Files.isDirectory(root)) {
            return nothing(root, "is not a folder; give the folder that the components lie in");
        }
        List<String> files = ComponentFiles.in(root, findings);
        if (files.isEmpty()) {
            return nothing(
                    root, "has no component.yaml in it nor in any folder below it; write one for each component");
        }
        Map<String, JobFile> jobs = jobs(root, findings);
        Map<String, Environment> environments = environments(root, findings);
        Map<String, Component> components = new TreeMap<>();
        try (Repositories repositories = Repositories.of(root)) {
            ComponentFileReader reader = new ComponentFileReader(repositories.lying());
            for (String file : files) {
                reader.read(YamlFile.read(root.resolve(file), file, findings), file)
                        .ifPresent(c -> add(c, components, findings));
            }
            Components read = new Components(root, components, environments, jobs, findings);
            findings.addAll(new ComponentsCheck(read).findings());
            findings.addAll(new JobsCheck(read).findings());
            findings.addAll(new WatchCheck(read, repositories.files()).findings());
        } catch (IOException e) {
            findings.add(Finding.error(root.toString(), 0, "", "git's files cannot be read: " + e));
        }
        return new Components(
                root,
                components,
                environments,
                jobs,
                Silenced.without(
                        root, findings.stream().distinct().sorted(IN_ORDER).toList()));
    }

    private static Components nothing(Path folder, String why) {
        return new Components(
                folder, Map.of(), Map.of(), Map.of(), List.of(Finding.error(folder.toString(), 0, "", why)));
    }

    private static void add(Component component, Map<String, Component> components, List<Finding> findings) {
        Component other = components.putIfAbsent(component.name(), component);
        if (other != null) {
            findings.add(Finding.error(
                    component.place().file(),
                    component.place().line("component"),
                    "component",
                    "'" + component.name() + "' is the name of " + other.place().file() + " too; rename one of them"));
        }
    }

    private static Map<String, Environment> environments(Path root, List<Finding> findings) {
        List<String> there = environmentFiles(root);
        if (there.size() > 1) {
            findings.add(Finding.error(there.get(1), 0, "", "lies beside " + there.get(0) + "; delete one of them"));
        }
        return there.isEmpty()
                ? Map.of()
                : EnvironmentsReader.read(
                        YamlFile.read(root.resolve(there.get(0)), there.get(0), findings), there.get(0));
    }

    /** The jobs of the suite that the folder is too, if it has a {@code suite.yaml}. */
    private static Map<String, JobFile> jobs(Path root, List<Finding> findings) {
        Map<String, JobFile> jobs = new TreeMap<>();
        Path folder = root.resolve("jobs");
        if (!Files.exists(root.resolve("suite.yaml")) || !Files.isDirectory(folder)) {
            return jobs;
        }
        try (Stream<Path> all = Files.list(folder)) {
            for (Path one : all.filter(Files::isDirectory).sorted().toList()) {
                String name = one.getFileName().toString();
                Optional<String> file = JOB_FILES.stream()
                        .filter(f -> Files.exists(one.resolve(f)))
                        .findFirst();
                file.flatMap(f -> new JobFileReader()
                                .read(
                                        one.resolve(f),
                                        "jobs/" + name + "/" + f,
                                        name,
                                        JobFileReader.Defaults.NONE,
                                        findings))
                        .ifPresent(j -> jobs.put(name, j));
            }
        } catch (IOException e) {
            findings.add(Finding.error("jobs", 0, "", "cannot be read: " + e));
        }
        return jobs;
    }

    /** The repository that the folder lies in, if it lies in one. */
    private record Repositories(Optional<GitFolder> folder) implements AutoCloseable {
        static Repositories of(Path root) throws IOException {
            return new Repositories(GitFolder.of(root));
        }

        /** What a file means that names no repository: the remote that everybody has, or else this clone. */
        ComponentFileReader.Lying lying() {
            return folder.map(f -> new ComponentFileReader.Lying(
                            Optional.ofNullable(f.origin())
                                    .map(RepositoryUrl::withoutPassword)
                                    .orElse(f.repository().getWorkTree().toString()),
                            f.path()))
                    .orElse(new ComponentFileReader.Lying(null, ""));
        }

        List<String> files() throws IOException {
            return folder.isEmpty() ? List.of() : folder.get().files();
        }

        @Override
        public void close() {
            folder.ifPresent(GitFolder::close);
        }
    }
}
