package io.jenkins.plugins.promise.component;

import com.google.common.collect.Lists;
import io.jenkins.plugins.promise.watching.component.Watch;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A deployable module, as its file has it, with what the file leaves out filled in.
 *
 * @param name its name, which the names of its jobs begin with
 * @param about one line for people; null for none
 * @param source where its files come from
 * @param requires versions by requirement, such as {@code node}; its workers have them, or fail
 * @param steps what is done with it; those that it has
 * @param produces what its build makes, as patterns below its folder: what is handed on to stage
 * @param environments what each environment that it is released to gives it
 * @param depends the components that it talks to where it runs; they are tested together
 * @param needs the components that must be built before it
 * @param place where all that stands
 */
public record Component(
        String name,
        String about,
        Source source,
        Map<String, String> requires,
        Map<StepKind, Step> steps,
        List<String> produces,
        Map<String, Variables> environments,
        List<String> depends,
        List<String> needs,
        Place place) {
    /** Copies what it is given. */
    public Component {
        requires = new TreeMap<>(requires);
        steps = steps.isEmpty() ? new EnumMap<>(StepKind.class) : new EnumMap<>(steps);
        produces = new ArrayList<>(produces);
        environments = new LinkedHashMap<>(environments);
        depends = new ArrayList<>(depends);
        needs = new ArrayList<>(needs);
    }

    /** How a step is done; an integration that is not declared is the test. */
    public Optional<Step> step(StepKind kind) {
        Step own = steps.get(kind);
        return Optional.ofNullable(own == null && kind == StepKind.INTEGRATION ? steps.get(StepKind.TEST) : own);
    }

    /** The job that does a step: its own worker, or the one written by hand. */
    public String job(StepKind kind) {
        return step(kind)
                .filter(Step.Job.class::isInstance)
                .map(s -> ((Step.Job) s).name())
                .orElse(name + "-" + kind.keyword());
    }

    /** The names of all variables that any environment gives it, sorted. */
    public Set<String> variables() {
        Set<String> names = new TreeSet<>();
        environments.values().forEach(v -> names.addAll(v.names()));
        return names;
    }

    /** Whether a variable is a secret in any environment. */
    public boolean secret(String variable) {
        return environments.values().stream().anyMatch(v -> v.secrets().contains(variable));
    }

    /** What a controller must know of it to build it when it has changed; a release is not started by a change. */
    public WatchedComponent watched() {
        List<String> tests = JobNames.ORCHESTRATIONS.stream()
                .map(o -> JobNames.orchestration(this, o))
                .toList();
        List<String> starts = Lists.reverse(JobNames.ORCHESTRATIONS).stream()
                .filter(o -> !o.contains(StepKind.RELEASE))
                .map(o -> JobNames.orchestration(this, o))
                .toList();
        List<String> phases = Stream.of(StepKind.BUILD, StepKind.TEST)
                .filter(steps::containsKey)
                .map(StepKind::keyword)
                .toList();
        return new WatchedComponent(
                name, source.repository(), source.branch(), source.watch(), needs, starts, tests, phases);
    }

    /** Its name as part of an input's or a method's. */
    public String word() {
        return name.replace('-', '_').replace('.', '_');
    }

    /** The input of an environment's jobs that is about this component. */
    public String input(String variable) {
        return word().toUpperCase(Locale.ROOT) + "_" + variable;
    }

    /**
     * Where a component's files come from.
     *
     * @param repository what git clones
     * @param branch the branch whose commits are built
     * @param folder its folder in the repository, with slashes; empty for the top
     * @param watch what must change for the component to have changed
     * @param elsewhere whether the file names a repository, which may be another than the one that it lies in
     */
    public record Source(String repository, String branch, String folder, List<Watch> watch, boolean elsewhere) {
        /** Copies what it is given. */
        public Source {
            watch = new ArrayList<>(watch);
        }
    }

    /**
     * Where a component's keys stand.
     *
     * @param file the component file, relative to the folder that was read
     * @param lines of the file's own keys
     */
    public record Place(String file, Map<String, Integer> lines) {
        /** Copies what it is given. */
        public Place {
            lines = new TreeMap<>(lines);
        }

        /** The line of a key; 1 if it is not there. */
        public int line(String key) {
            return lines.getOrDefault(key, 1);
        }
    }
}
