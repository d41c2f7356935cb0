package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.StepKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rehearsals and cases of an environment's orchestrations. */
final class EnvironmentRehearsals {
    private final Place place;
    private final Answers answers;

    EnvironmentRehearsals(Place place, Answers answers) {
        this.place = place;
        this.answers = answers;
    }

    void addTo(SuiteFiles files) throws IOException {
        for (Place.Job job : place.jobs()) {
            String folder = "rehearsals/" + job.name() + "/";
            List<Component> first = place.trains(job.components()).get(0).subList(0, 1);
            files.add(folder + "all.yaml", rehearsal(job.step(), job.components(), ""));
            files.add(folder + "one-fails.yaml", rehearsal(job.step(), first, Answers.FAILS));
            Cases.add(place.madeOf(), job.name(), inputs(job.step(), job.components()), files);
            files.add(folder + "nothing.yaml", notBegun("Nothing is named.", Map.of()));
            for (Component component : job.components()) {
                if (!place.secrets(component, job.step()).isEmpty()) {
                    files.add(
                            folder + "without-secrets-of-" + component.name() + ".yaml",
                            notBegun(
                                    "Nothing is begun without the secrets of " + component.name() + ".",
                                    Map.of(component.input(Place.HASH), RehearsalYaml.COMMIT)));
                }
            }
        }
    }

    private String notBegun(String about, Map<String, String> inputs) {
        return new RehearsalYaml(place.madeOf(), about, inputs).end(List.of(), "{ status: FAILURE }");
    }

    /** Some are named; all goes well, or what is called first answers so. */
    private String rehearsal(StepKind step, List<Component> named, String answer) throws IOException {
        boolean good = answer.isEmpty();
        RehearsalYaml yaml = new RehearsalYaml(
                place.madeOf(),
                good ? "All are named, and all goes well." : "Only one is named, and it fails.",
                inputs(step, named));
        List<String> phases = new ArrayList<>();
        for (List<Component> train : step == StepKind.RELEASE ? place.trains(named) : List.of(named)) {
            phases.add(step == StepKind.RELEASE ? place.phase(train.get(0)) : step.keyword());
            for (Component component : train) {
                yaml.worker(
                        component.job(step), expected(component, step), good ? answers.good(component, step) : answer);
                if (step == StepKind.RELEASE && good && component.steps().containsKey(StepKind.PROBE)) {
                    yaml.worker(
                            component.job(StepKind.PROBE),
                            expected(component, StepKind.PROBE),
                            answers.good(component, StepKind.PROBE));
                    phases.add("probe " + component.name());
                }
            }
        }
        return yaml.end(phases, "{ status: " + (good ? "SUCCESS" : "FAILURE") + " }");
    }

    private Map<String, String> inputs(StepKind step, List<Component> named) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (Component component : named) {
            inputs.put(component.input(Place.HASH), RehearsalYaml.COMMIT);
            place.secrets(component, step).forEach(s -> inputs.put(component.input(s), RehearsalYaml.SECRET));
        }
        return inputs;
    }

    private Map<String, String> expected(Component component, StepKind step) {
        return place.calls()
                .inputs(
                        component,
                        step,
                        RehearsalYaml.COMMIT,
                        v -> component.secret(v)
                                ? null
                                : component
                                        .environments()
                                        .get(place.environment().name())
                                        .values()
                                        .get(v));
    }
}
