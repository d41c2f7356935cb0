package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.component.JobNames;
import io.jenkins.plugins.promise.component.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An environment with the components that are released to it.
 *
 * @param its the environment's components, by name
 * @param order all components in the order of their release, trains together
 * @param calls how their jobs are called
 */
record Place(Environment environment, List<Component> its, List<List<String>> order, Calls calls) {
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
                jobs.add(new Job(
                        name.get(),
                        step,
                        its.stream().filter(c -> c.step(step).isPresent()).toList()));
            }
        }
        return jobs;
    }

    /** What its jobs are made of, as their first line has it. */
    String madeOf() {
        return environment.file() + " and the component files";
    }

    /** The secrets that it gives to a step of a component. */
    List<String> secrets(Component component, StepKind step) {
        Set<String> used = step.ofAnEnvironment() ? calls.used(component, step) : Set.of();
        return component.environments().get(environment.name()).secrets().stream()
                .filter(used::contains)
                .toList();
    }

    /** The values that it gives to a step of a component, by variable. */
    Map<String, String> values(Component component, StepKind step) {
        Map<String, String> values = new LinkedHashMap<>(
                component.environments().get(environment.name()).values());
        values.keySet().retainAll(step.ofAnEnvironment() ? calls.used(component, step) : Set.of());
        return values;
    }

    /** The input of its jobs that is a component's variable; null if it does not give that. */
    String variable(Component component, String variable) {
        return component.environments().get(environment.name()).names().contains(variable)
                ? "inputs." + component.input(variable)
                : null;
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

    /** The phase in which a component is released: it is called after the whole train, also where not all of it is named. */
    String phase(Component component) {
        List<String> train = trains(its.stream()
                        .filter(c -> c.step(StepKind.RELEASE).isPresent())
                        .toList())
                .stream()
                .filter(t -> t.contains(component))
                .findFirst()
                .orElseThrow()
                .stream()
                .map(Component::name)
                .toList();
        return "release " + String.join(", ", train);
    }
}
