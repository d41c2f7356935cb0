package io.jenkins.plugins.promise.component;

import io.jenkins.plugins.promise.environment.ReleaseJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which jobs are made of a component and of an environment, and what they are called. */
public final class JobNames {
    /** The job that tests candidates. */
    private static final String INTEGRATE = "integrate";

    /** The steps of each orchestration of a component; its name is theirs, joined. */
    public static final List<List<StepKind>> ORCHESTRATIONS = List.of(
            List.of(StepKind.BUILD, StepKind.TEST),
            List.of(StepKind.BUILD, StepKind.TEST, StepKind.STAGE),
            List.of(StepKind.BUILD, StepKind.TEST, StepKind.STAGE, StepKind.RELEASE));

    private final Collection<Environment> environments;

    /** The names of jobs where there are these environments. */
    public JobNames(Collection<Environment> environments) {
        this.environments = new ArrayList<>(environments);
    }

    /** The steps of a component that something calls. */
    public Set<StepKind> called(Component component) {
        Set<StepKind> called = EnumSet.noneOf(StepKind.class);
        for (StepKind kind : StepKind.values()) {
            if (component.step(kind).isPresent() && (kind != StepKind.INTEGRATION || integrated(component))) {
                called.add(kind);
            }
        }
        return called;
    }

    private boolean integrated(Component component) {
        return environments.stream()
                .anyMatch(e -> e.integration() && component.environments().containsKey(e.name()));
    }

    /** The steps of a component that a worker is made for: those that are scripts. */
    public List<StepKind> workers(Component component) {
        return called(component).stream()
                .filter(k ->
                        component.step(k).filter(Step.Script.class::isInstance).isPresent())
                .toList();
    }

    /** The orchestrations of a component: those whose last step it has. */
    public List<List<StepKind>> orchestrations(Component component) {
        return ORCHESTRATIONS.stream()
                .filter(o -> o.size() == 2 || component.steps().containsKey(o.get(o.size() - 1)))
                .toList();
    }

    /** The name of a component's orchestration of these steps. */
    public static String orchestration(Component component, List<StepKind> steps) {
        return component.name() + "-"
                + String.join("-", steps.stream().map(StepKind::keyword).toList());
    }

    /** All jobs that are made of a component. */
    public List<String> of(Component component) {
        List<String> names = new ArrayList<>();
        workers(component).forEach(k -> names.add(component.name() + "-" + k.keyword()));
        orchestrations(component).forEach(o -> names.add(orchestration(component, o)));
        return names;
    }

    /**
     * The job of an environment that does one step for components: stages those that are named, releases a manifest, or
     * tests candidates, which is called {@link #INTEGRATE}.
     *
     * @param its the environment's components
     * @return nothing if there is none: no component has that step, or nothing is tested together there
     */
    public static Optional<String> of(Environment environment, StepKind step, Collection<Component> its) {
        boolean integrates = step == StepKind.INTEGRATION && environment.integration();
        boolean made = step == StepKind.STAGE || step == StepKind.RELEASE || integrates;
        StepKind needed = integrates ? StepKind.RELEASE : step;
        return made && its.stream().anyMatch(c -> c.step(needed).isPresent())
                ? Optional.of(integrates ? INTEGRATE : ofAnEnvironment(environment.name(), step))
                : Optional.empty();
    }

    private static String ofAnEnvironment(String environment, StepKind step) {
        return step == StepKind.RELEASE ? ReleaseJob.name(environment) : environment + "-" + step.keyword();
    }
}
