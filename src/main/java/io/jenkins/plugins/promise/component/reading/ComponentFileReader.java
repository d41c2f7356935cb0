package io.jenkins.plugins.promise.component.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Step;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.component.Variables;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import io.jenkins.plugins.promise.suite.RequirementsReader;
import io.jenkins.plugins.promise.watching.component.RepositoryUrl;
import io.jenkins.plugins.promise.watching.component.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/** Reads a component file, and tells everything that is wrong with it by itself. */
final class ComponentFileReader {
    private static final RequirementsReader REQUIREMENTS = new RequirementsReader(
            Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,59}"),
            "must be one version, as in 8.12.0 (17 is met by 17.0.9, too), or a word, as in linux");

    private final Lying lying;

    /**
     * A reader of files that lie there.
     *
     * @param lying what holds for a file that does not say otherwise
     */
    ComponentFileReader(Lying lying) {
        this.lying = lying;
    }

    /**
     * What a file leaves out.
     *
     * @param repository what git clones; null if the folder is in no repository
     * @param path where the folder that is read lies in the repository, with slashes; empty for its top
     */
    record Lying(String repository, String path) {}

    /**
     * Reads one.
     *
     * @param shown the file, relative to the folder that is read, with slashes
     * @return the component, if there was enough to make one of; it is good only if no finding is an error
     */
    Optional<Component> read(YamlMapping yaml, String shown) {
        if (yaml.keys().isEmpty()) {
            return Optional.empty();
        }
        String name = yaml.requiredText("component");
        Optional<String> nameProblem = Optional.ofNullable(name).flatMap(ComponentName::problem);
        nameProblem.ifPresent(p -> yaml.error("component", p));
        String about = yaml.text("about");
        if (about != null && about.strip().indexOf('\n') >= 0) {
            yaml.error("about", "must be a single line");
        }
        Component.Source source = source(yaml, shown);
        Map<String, String> requires = REQUIREMENTS.read(yaml.mapping("requires"));
        Map<StepKind, Step> steps = StepsReader.read(yaml);
        List<String> produces = produces(steps.get(StepKind.BUILD), yaml);
        Map<String, Variables> environments = VariablesReader.read(yaml.mapping("environments"));
        List<String> depends = others("depends", name, yaml);
        List<String> needs = others("needs", name, yaml);
        checkSteps(steps, environments, yaml);
        Map<String, Integer> lines = new HashMap<>(yaml.lines("environments"));
        yaml.keys().forEach(key -> lines.put(key, yaml.line(key)));
        yaml.refuseOthers();
        if (name == null || nameProblem.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Component(
                name,
                about == null ? null : about.strip(),
                source,
                requires,
                steps,
                produces,
                environments,
                depends,
                needs,
                new Component.Place(shown, lines)));
    }

    private Component.Source source(YamlMapping yaml, String shown) {
        String repository = yaml.text("repository");
        if (repository == null) {
            repository = lying.repository();
            if (repository == null) {
                yaml.error("repository", "is missing, and this file lies in no git repository that has a commit");
            }
        } else {
            RepositoryUrl.problem(repository).ifPresent(p -> yaml.error("repository", p));
        }
        String branch = yaml.has("branch") ? yaml.text("branch") : "main";
        if (branch != null && (branch.startsWith("-") || !Repository.isValidRefName("refs/heads/" + branch))) {
            yaml.error("branch", "'" + branch + "' can be no branch's name");
        }
        String own = shown.contains("/") ? shown.substring(0, shown.lastIndexOf('/')) : "";
        String file = joined(lying.path(), shown);
        String folder = joined(lying.path(), own);
        if (yaml.has("path")) {
            String path = yaml.text("path");
            if (path != null && !path.equals(".")) {
                Watch.problem(path)
                        .or(() -> Watch.of(path).literal()
                                ? Optional.empty()
                                : Optional.of("is a pattern; name the one folder that steps run in"))
                        .ifPresent(p -> yaml.error("path", p));
            }
            folder = path == null || path.equals(".") ? "" : path.replaceFirst("/$", "");
        }
        List<String> watched = watched(yaml);
        if (empty("watch", yaml)) {
            yaml.error("watch", "names nothing; leave it out to watch the component's folder");
        }
        List<Watch> watch = new ArrayList<>(watched.stream().map(Watch::of).toList());
        if (watch.isEmpty()) {
            watch.add(folder.isEmpty() ? Watch.all() : Watch.file(folder));
        }
        // Its steps stand in the file itself.
        if (watch.stream().noneMatch(w -> w.matching().matches(file))) {
            watch.add(Watch.file(file));
        }
        return new Component.Source(repository, branch, folder, watch, yaml.has("repository"));
    }

    /** Whether a list or mapping is there, and nothing is in it. */
    private static boolean empty(String key, YamlMapping yaml) {
        JsonNode value = yaml.has(key) ? yaml.json(key) : null;
        return value != null && value.isContainerNode() && value.isEmpty();
    }

    private static String joined(String before, String after) {
        return before.isEmpty() ? after : after.isEmpty() ? before : before + "/" + after;
    }

    private static List<String> produces(Step build, YamlMapping yaml) {
        List<String> produces = yaml.texts("produces");
        Contract.producesProblems(produces).forEach(p -> yaml.error("produces", p));
        if (build == null && !produces.isEmpty() && !yaml.keys().contains("build")) {
            yaml.error("produces", "names what build makes, and there is no build");
        }
        if (build instanceof Step.Job byHand && !produces.isEmpty()) {
            yaml.error("produces", "belongs into the job.yaml of " + byHand.name() + ", which builds it");
        }
        return produces;
    }

    /** Those that can be used. */
    private static List<String> watched(YamlMapping yaml) {
        return yaml.texts("watch").stream()
                .filter(pattern -> {
                    Optional<String> problem = Watch.problem(pattern);
                    problem.ifPresent(p -> yaml.error("watch", "'" + pattern + "' " + p));
                    return problem.isEmpty();
                })
                .toList();
    }

    /** Names of other components, each once. */
    private static List<String> others(String key, String own, YamlMapping yaml) {
        List<String> others = yaml.texts(key);
        others.stream()
                .distinct()
                .filter(o -> others.indexOf(o) != others.lastIndexOf(o))
                .forEach(o -> yaml.error(key, "names " + o + " twice"));
        if (own != null && others.contains(own)) {
            yaml.error(key, "names " + own + " itself; take it out");
        }
        return others.stream().distinct().toList();
    }

    private static void checkSteps(Map<StepKind, Step> steps, Map<String, Variables> environments, YamlMapping yaml) {
        if (!steps.containsKey(StepKind.BUILD)
                && !steps.containsKey(StepKind.TEST)
                && !yaml.keys().contains("build")
                && !yaml.keys().contains("test")) {
            yaml.error("build", "is missing, and test too: a component has at least one of them");
        }
        boolean released = steps.containsKey(StepKind.RELEASE) || yaml.keys().contains("release");
        for (StepKind kind : List.of(StepKind.RELEASE, StepKind.PROBE, StepKind.INTEGRATION)) {
            if (steps.containsKey(kind) && !yaml.has("environments")) {
                yaml.error(
                        kind.keyword(), "is never done: no environment is named; environments: { test: { URL: … } }");
            }
        }
        if (empty("environments", yaml)) {
            yaml.error("environments", "names none; leave it out, or name one");
        }
        if (!environments.isEmpty() && !released) {
            yaml.error("environments", "are named, and there is no release: how does the component get there?");
        }
    }
}
