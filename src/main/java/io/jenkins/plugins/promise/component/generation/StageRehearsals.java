package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.StepKind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rehearsals and the case of an environment's stage. */
final class StageRehearsals {
    private final Place place;
    private final Place.Job job;
    private final Answers answers;

    StageRehearsals(Place place, Place.Job job, Answers answers) {
        this.place = place;
        this.job = job;
        this.answers = answers;
    }

    void addTo(SuiteFiles files) throws IOException {
        String folder = "rehearsals/" + job.name() + "/";
        files.add(folder + "all.yaml", rehearsal(job.components(), ""));
        files.add(folder + "one-fails.yaml", rehearsal(job.components().subList(0, 1), Answers.FAILS));
        files.add(
                folder + "nothing.yaml",
                new RehearsalYaml(place.madeOf(), "Nothing is named.", Map.of()).end(List.of(), "{ status: FAILURE }"));
        Cases.add(place.madeOf(), job.name(), inputs(job.components()), files);
    }

    /** Some are named; all goes well, or what is called first answers so. */
    private String rehearsal(List<Component> named, String answer) throws IOException {
        boolean good = answer.isEmpty();
        RehearsalYaml yaml = new RehearsalYaml(
                place.madeOf(),
                good ? "All are named, and all goes well." : "Only one is named, and it fails.",
                inputs(named));
        for (Component component : named) {
            yaml.worker(
                    component.job(StepKind.STAGE),
                    Map.of(Place.HASH, RehearsalYaml.COMMIT),
                    good ? answers.good(component, StepKind.STAGE) : answer);
        }
        return yaml.end(List.of("stage"), "{ status: " + (good ? "SUCCESS" : "FAILURE") + " }");
    }

    private static Map<String, String> inputs(List<Component> named) {
        Map<String, String> inputs = new LinkedHashMap<>();
        named.forEach(c -> inputs.put(c.input(Place.HASH), RehearsalYaml.COMMIT));
        return inputs;
    }
}
