package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.contract.JobKind;
import java.io.IOException;

/** The orchestration that stages what is going to one environment; nothing changes there by that. */
final class StageOrchestration {
    private final Place place;
    private final Place.Job job;

    StageOrchestration(Place place, Place.Job job) {
        this.place = place;
        this.job = job;
    }

    void addTo(SuiteFiles files) throws IOException {
        files.add("jobs/" + job.name() + "/job.yaml", file());
        files.add("jobs/" + job.name() + "/run.groovy", script());
    }

    private String about() {
        return "Stages components that are going to " + place.environment().name() + ", all at once.";
    }

    private String file() {
        JobYaml yaml = new JobYaml(place.madeOf(), JobKind.ORCHESTRATION, "run.groovy", about());
        for (Component component : job.components()) {
            yaml.commit(
                    component.input(Place.HASH),
                    false,
                    "The commit of " + component.name() + "; left alone without one");
        }
        return yaml.callbacks().end();
    }

    private String script() {
        ScriptParts script = new ScriptParts();
        script.line("// " + about());
        script.line(JobYaml.header("//", place.madeOf()).strip());
        script.commits(job.components());
        script.line("if (!commits) {");
        script.line("    error 'no component is named: give the commit of at least one, as in "
                + job.components().get(0).input(Place.HASH) + "'");
        script.line("}");
        script.line("phase('stage') {");
        script.calls(
                "stage", "    ", job.components().stream().map(Component::word).toList());
        script.line("}");
        job.components()
                .forEach(c -> script.method("def stage_" + c.word() + "() {\n    if ("
                        + ScriptParts.commit(c) + ") {\n"
                        + place.calls().call(c, StepKind.STAGE, ScriptParts.commit(c), v -> null, "        ")
                        + "    }\n}\n"));
        script.line("report data: [environment: "
                + Quoted.groovy(place.environment().name()) + ", commits: commits]");
        return script.text();
    }
}
