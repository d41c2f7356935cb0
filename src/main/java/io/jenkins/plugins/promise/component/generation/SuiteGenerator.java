package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.component.JobNames;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.component.graph.DependencyGraph;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes an ordinary suite of promise jobs of components. Where their folder is a suite itself (it has a {@code suite.yaml}),
 * that suite's files are in it too.
 */
public final class SuiteGenerator {
    private static final String SUITE = "suite.yaml";
    private static final String OWN_PROVIDERS = "requirements";
    private static final List<String> BY_HAND = List.of("jobs", "lib", "rehearsals", "cases");

    /**
     * The files of the suite, by path; always the same of the same components.
     *
     * @param all components without errors
     * @throws IOException if a file cannot be read, or would be there twice
     */
    public SortedMap<String, byte[]> files(Components all) throws IOException {
        SuiteFiles files = new SuiteFiles();
        byHand(all, files);
        try (InputStream library = SuiteGenerator.class.getResourceAsStream("component.sh")) {
            files.add(WorkerFiles.LIBRARY, library.readAllBytes());
        }
        Set<String> providers = providers(all, files);
        JobNames names = new JobNames(all.environments().values());
        Calls calls = new Calls(all.jobs());
        Answers answers = new Answers(all.root());
        for (Component component : all.components().values()) {
            new WorkerFiles(component, names, providers).addTo(files);
            new ComponentOrchestrations(component, all.environments(), names, calls, answers).addTo(files);
        }
        List<List<String>> trains = new DependencyGraph(all.components().values()).trains();
        for (Environment environment : all.environments().values()) {
            Place place = new Place(environment, next(environment, all), all.of(environment), trains, calls);
            for (Place.Job job : place.jobs()) {
                if (job.step() == StepKind.STAGE) {
                    new StageOrchestration(place, job).addTo(files);
                    new StageRehearsals(place, job, answers).addTo(files);
                } else {
                    new GatedOrchestration(place, job).addTo(files);
                    new GatedRehearsals(place, job, answers).addTo(files);
                }
            }
        }
        return files.all();
    }

    /** The script that meets requirements, and the suite's own providers of them; those that there are. */
    private static Set<String> providers(Components all, SuiteFiles files) throws IOException {
        Set<String> required = new TreeSet<>();
        all.components().values().forEach(c -> required.addAll(c.requires().keySet()));
        if (!required.isEmpty()) {
            try (InputStream library = SuiteGenerator.class.getResourceAsStream("requirements.sh")) {
                files.add(WorkerFiles.REQUIREMENTS, library.readAllBytes());
            }
        }
        Set<String> providers = new TreeSet<>();
        for (String requirement : required) {
            Path own = all.root().resolve(OWN_PROVIDERS).resolve(requirement + ".sh");
            if (Files.isRegularFile(own)) {
                files.add(WorkerFiles.provider(requirement), Files.readAllBytes(own));
                providers.add(WorkerFiles.provider(requirement));
            }
        }
        return providers;
    }

    private static Optional<String> next(Environment before, Components all) {
        return all.environments().values().stream()
                .filter(e -> before.name().equals(e.after()))
                .map(Environment::name)
                .findFirst();
    }

    private static void byHand(Components all, SuiteFiles files) throws IOException {
        Path root = all.root();
        if (!Files.isRegularFile(root.resolve(SUITE))) {
            files.add(
                    SUITE,
                    JobYaml.header("#", "component files") + "name: " + Quoted.yaml(String.valueOf(root.getFileName()))
                            + "\n");
            return;
        }
        files.add(SUITE, Files.readAllBytes(root.resolve(SUITE)));
        for (String folder : BY_HAND) {
            if (Files.isDirectory(root.resolve(folder))) {
                try (Stream<Path> walked = Files.walk(root.resolve(folder))) {
                    for (Path file :
                            walked.filter(Files::isRegularFile).sorted().toList()) {
                        files.add(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                    }
                }
            }
        }
        for (String named : named(all)) {
            Path file = root.resolve(named).normalize();
            if (file.startsWith(root.normalize()) && Files.isRegularFile(file)) {
                files.add(named, Files.readAllBytes(file));
            }
        }
    }

    /** The files elsewhere in the folder that jobs written by hand take with them. */
    private static SortedSet<String> named(Components all) {
        SortedSet<String> named = new TreeSet<>();
        all.jobs().values().forEach(job -> named.addAll(job.files()));
        named.removeIf(file -> BY_HAND.contains(file.split("/", 2)[0]));
        return named;
    }
}
