package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.component.JobNames;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.component.Variables;
import io.jenkins.plugins.promise.environment.work.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An environment with the components that are released to it.
 *
 * @param next the environment that comes after it; nothing if none does
 * @param its the environment's components, by name
 * @param order all components in the order of their release, trains together
 * @param calls how their jobs are called
 */
record Place(
        Environment environment, Optional<String> next, List<Component> its, List<List<String>> order, Calls calls) {
    static final String HASH = "GIT_HASH";

    Place {
        its = new ArrayList<>(its);
        order = new ArrayList<>(order);
    }

    /**
     * A job of the environment.
     *
     * @param components those that have the step
     */
    record Job(String name, StepKind step, List<Component> components) {}

    List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (StepKind step : List.of(StepKind.STAGE, StepKind.RELEASE, StepKind.INTEGRATION)) {
            Optional<String> name = JobNames.of(environment, step, its);
            if (name.isPresent()) {
                jobs.add(new Job(name.get(), step, having(step == StepKind.INTEGRATION ? StepKind.RELEASE : step)));
            }
        }
        return jobs;
    }

    private List<Component> having(StepKind step) {
        return its.stream().filter(c -> c.step(step).isPresent()).toList();
    }

    /** What its jobs are made of, as their first line has it. */
    String madeOf() {
        return environment.file() + " and the component files";
    }

    private Set<String> used(Component component, StepKind step) {
        Set<String> used = new TreeSet<>();
        if (step.ofAnEnvironment()) {
            used.addAll(calls.used(component, step));
        }
        if (step == StepKind.INTEGRATION) {
            // It is released there first.
            used.addAll(calls.used(component, StepKind.RELEASE));
        }
        return used;
    }

    /** The secrets that it gives to a job of its that does a step of a component. */
    List<String> secrets(Component component, StepKind step) {
        Set<String> used = used(component, step);
        return component.environments().get(environment.name()).secrets().stream()
                .filter(used::contains)
                .toList();
    }

    /** The values that it gives to such a job, by variable. */
    Map<String, String> values(Component component, StepKind step) {
        Map<String, String> values = new LinkedHashMap<>(
                component.environments().get(environment.name()).values());
        values.keySet().retainAll(used(component, step));
        return values;
    }

    /** The input of its jobs that is a component's variable; null if it does not give that. */
    String variable(Component component, String variable) {
        return component.environments().get(environment.name()).names().contains(variable)
                ? "inputs." + component.input(variable)
                : null;
    }

    /** What a worker of its jobs is given that is told. */
    Map<String, String> expected(Component component, StepKind step, String commit) {
        Variables given = component.environments().get(environment.name());
        return calls.inputs(
                component,
                step,
                commit,
                v -> component.secret(v) ? null : given.values().get(v));
    }

    /** How some of its components hang together. */
    Plan plan(List<Component> some) {
        Set<String> names = new TreeSet<>(some.stream().map(Component::name).toList());
        Map<String, Set<String>> depends = new TreeMap<>();
        Set<String> probed = new TreeSet<>();
        Set<String> tested = new TreeSet<>();
        for (Component component : some) {
            Set<String> others = new TreeSet<>(component.depends());
            others.retainAll(names);
            depends.put(component.name(), others);
            if (component.steps().containsKey(StepKind.PROBE)) {
                probed.add(component.name());
            }
            if (component.step(StepKind.INTEGRATION).isPresent()) {
                tested.add(component.name());
            }
        }
        return new Plan(
                trains(some).stream()
                        .map(t -> t.stream().map(Component::name).toList())
                        .toList(),
                depends,
                probed,
                tested);
    }

    /** Some of its components in the order of their release. */
    List<List<Component>> trains(List<Component> some) {
        Map<String, Component> byName = new HashMap<>();
        some.forEach(c -> byName.put(c.name(), c));
        List<List<Component>> found = new ArrayList<>();
        for (List<String> train : order) {
            List<Component> part =
                    train.stream().map(byName::get).filter(Objects::nonNull).toList();
            if (!part.isEmpty()) {
                found.add(part);
            }
        }
        return found;
    }
}
