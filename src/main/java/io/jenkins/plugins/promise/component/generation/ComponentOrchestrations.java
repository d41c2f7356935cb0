package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.component.JobNames;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.component.Variables;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.environment.ReleaseJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The orchestrations of one component. */
final class ComponentOrchestrations {
    private static final String COMMIT = "inputs.GIT_HASH";

    private final Component component;
    private final JobNames names;
    private final Calls calls;
    private final ComponentRehearsals rehearsals;
    private final String madeOf;

    ComponentOrchestrations(
            Component component, Map<String, Environment> environments, JobNames names, Calls calls, Answers answers) {
        this.component = component;
        this.names = names;
        this.calls = calls;
        this.rehearsals = new ComponentRehearsals(component, environments, calls, answers);
        this.madeOf = component.place().file();
    }

    void addTo(SuiteFiles files) throws IOException {
        for (List<StepKind> steps : names.orchestrations(component)) {
            String name = JobNames.orchestration(component, steps);
            List<StepKind> done = done(steps);
            files.add("jobs/" + name + "/job.yaml", job(steps, done));
            files.add("jobs/" + name + "/run.groovy", script(steps, done));
            rehearsals.addTo(files, name, done);
        }
    }

    /** Those that the component has. */
    private List<StepKind> done(List<StepKind> steps) {
        List<StepKind> done = new ArrayList<>(steps);
        done.removeIf(s -> !component.steps().containsKey(s));
        return done;
    }

    private String about(List<StepKind> steps) {
        List<String> words = steps.stream().map(StepKind::keyword).toList();
        return component.name() + ": "
                + String.join(", ", words)
                + (component.about() == null ? "." : ". " + component.about());
    }

    private String job(List<StepKind> steps, List<StepKind> done) {
        JobYaml yaml = new JobYaml(madeOf, JobKind.ORCHESTRATION, "run.groovy", about(steps))
                .commit("GIT_HASH", true, "The commit");
        if (done.contains(StepKind.RELEASE)) {
            yaml.choice("ENVIRONMENT", component.environments().keySet())
                    .reason(
                            GatedOrchestration.UNTESTED_BECAUSE,
                            true,
                            "Why it need not be tested with the others; it is recorded");
            component.environments().values().stream()
                    .flatMap(v -> calls.secrets(component, v).stream())
                    .distinct()
                    .sorted()
                    .forEach(s -> yaml.secret(s, false));
        }
        return yaml.callbacks().end();
    }

    private String script(List<StepKind> steps, List<StepKind> done) {
        StringBuilder text =
                new StringBuilder("// ").append(about(steps)).append('\n').append(JobYaml.header("//", madeOf));
        boolean released = done.contains(StepKind.RELEASE);
        if (released) {
            text.append(checked());
        }
        for (StepKind kind : done) {
            text.append(kind == StepKind.BUILD && calls.handsOn(component, done) ? "def built = phase('" : "phase('")
                    .append(kind.keyword())
                    .append("') {\n")
                    .append(
                            kind == StepKind.RELEASE
                                    ? release()
                                    : calls.call(component, kind, COMMIT, v -> null, "    ", files(kind, done)))
                    .append("}\n");
        }
        return text.append("report data: [component: ")
                .append(Quoted.groovy(component.name()))
                .append(", commit: " + COMMIT)
                .append(released ? ", environment: inputs.ENVIRONMENT" : "")
                .append("]\n")
                .toString();
    }

    private String files(StepKind kind, List<StepKind> done) {
        return kind == StepKind.STAGE && calls.handsOn(component, done)
                ? ", files: [built[" + Quoted.groovy(component.job(StepKind.BUILD)) + "]]"
                : "";
    }

    /** By the job of the environment: it has it for itself meanwhile, and knows afterwards what is there. */
    private String release() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Variables> one : component.environments().entrySet()) {
            text.append("    if (inputs.ENVIRONMENT == ")
                    .append(Quoted.groovy(one.getKey()))
                    .append(") {\n        worker job: ")
                    .append(Quoted.groovy(ReleaseJob.name(one.getKey())))
                    .append(", inputs: [\n            ")
                    .append(component.input(Place.HASH))
                    .append(": " + COMMIT + ",\n            ")
                    .append(GatedOrchestration.UNTESTED_BECAUSE + ": inputs." + GatedOrchestration.UNTESTED_BECAUSE)
                    .append(",\n");
            calls.secrets(component, one.getValue()).forEach(s -> text.append("            ")
                    .append(component.input(s))
                    .append(": inputs.")
                    .append(s)
                    .append(",\n"));
            text.append("        ]\n    }\n");
        }
        return text.toString();
    }

    /** Before anything is begun. */
    private String checked() {
        StringBuilder text = new StringBuilder();
        component.environments().forEach((name, given) -> calls.secrets(component, given)
                .forEach(secret -> text.append("if (inputs.ENVIRONMENT == ")
                        .append(Quoted.groovy(name))
                        .append(" && !inputs.")
                        .append(secret)
                        .append(") {\n    error '")
                        .append(name)
                        .append(" needs the secret ")
                        .append(secret)
                        .append("'\n}\n")));
        return text.toString();
    }
}
