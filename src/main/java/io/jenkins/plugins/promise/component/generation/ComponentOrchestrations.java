package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.component.JobNames;
import io.jenkins.plugins.promise.component.Step;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.component.Variables;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.environment.ReleaseJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The orchestrations of one component, with their rehearsals. */
final class ComponentOrchestrations {
    private static final String COMMIT = "inputs.GIT_HASH";
    private static final String BECAUSE = "it is a rehearsal";

    private final Component component;
    private final Map<String, Environment> environments;
    private final JobNames names;
    private final Calls calls;
    private final Answers answers;
    private final String madeOf;

    ComponentOrchestrations(
            Component component, Map<String, Environment> environments, JobNames names, Calls calls, Answers answers) {
        this.component = component;
        this.environments = new LinkedHashMap<>(environments);
        this.names = names;
        this.calls = calls;
        this.answers = answers;
        this.madeOf = component.place().file();
    }

    void addTo(SuiteFiles files) throws IOException {
        for (List<StepKind> steps : names.orchestrations(component)) {
            String name = JobNames.orchestration(component, steps);
            List<StepKind> done = done(steps);
            files.add("jobs/" + name + "/job.yaml", job(steps, done));
            files.add("jobs/" + name + "/run.groovy", script(steps, done));
            rehearsals("rehearsals/" + name + "/", done, files);
            String environment = first(done);
            // Nobody approves what a drive submits.
            if (environment == null || !environments.get(environment).approve()) {
                Cases.add(madeOf, name, inputs(environment), files);
            }
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
                    .flatMap(v -> secrets(v).stream())
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
            text.append(kind == StepKind.BUILD && handsOn(done) ? "def built = phase('" : "phase('")
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

    /** Whether what build has made is what is staged. */
    private boolean handsOn(List<StepKind> done) {
        return !component.produces().isEmpty()
                && component
                        .step(StepKind.BUILD)
                        .filter(Step.Script.class::isInstance)
                        .isPresent()
                && done.containsAll(List.of(StepKind.BUILD, StepKind.STAGE));
    }

    private String files(StepKind kind, List<StepKind> done) {
        return kind == StepKind.STAGE && handsOn(done)
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
            secrets(one.getValue()).forEach(s -> text.append("            ")
                    .append(component.input(s))
                    .append(": inputs.")
                    .append(s)
                    .append(",\n"));
            text.append("        ]\n    }\n");
        }
        return text.toString();
    }

    /** Those that a job of the release takes. */
    private List<String> secrets(Variables given) {
        Set<String> used = calls.used(component, StepKind.RELEASE);
        return given.secrets().stream().filter(used::contains).toList();
    }

    /** Before anything is begun. */
    private String checked() {
        StringBuilder text = new StringBuilder();
        component.environments().forEach((name, given) -> secrets(given)
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

    private void rehearsals(String folder, List<StepKind> done, SuiteFiles files) throws IOException {
        if (!done.contains(StepKind.RELEASE)) {
            files.add(folder + "good.yaml", good(done, null));
        } else {
            for (Map.Entry<String, Variables> one : component.environments().entrySet()) {
                files.add(folder + "good-" + one.getKey() + ".yaml", good(done, one.getKey()));
                for (String secret : secrets(one.getValue())) {
                    files.add(
                            folder + "without-" + secret + "-" + one.getKey() + ".yaml", without(secret, one.getKey()));
                }
            }
        }
        String environment = first(done);
        for (StepKind kind : done) {
            files.add(
                    folder + kind.keyword() + "-fails.yaml",
                    fails(done.subList(0, done.indexOf(kind) + 1), environment));
        }
    }

    /** The first environment of those that are released to; null if these are not. */
    private String first(List<StepKind> done) {
        return done.contains(StepKind.RELEASE)
                ? component.environments().keySet().iterator().next()
                : null;
    }

    private Map<String, String> inputs(String environment) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("GIT_HASH", RehearsalYaml.COMMIT);
        if (environment != null) {
            inputs.put("ENVIRONMENT", environment);
            inputs.put(GatedOrchestration.UNTESTED_BECAUSE, BECAUSE);
            secrets(component.environments().get(environment)).forEach(s -> inputs.put(s, RehearsalYaml.SECRET));
        }
        return inputs;
    }

    private String good(List<StepKind> done, String environment) throws IOException {
        RehearsalYaml yaml = new RehearsalYaml(
                madeOf,
                "All goes well" + (environment == null ? "." : " on " + environment + "."),
                inputs(environment));
        for (StepKind kind : done) {
            yaml.worker(job(kind, environment), expected(kind), good(kind));
            given(kind, done, yaml);
        }
        return yaml.end(
                words(done),
                "{ status: SUCCESS, data: { component: " + Quoted.yaml(component.name()) + ", commit: \""
                        + RehearsalYaml.COMMIT + "\" } }");
    }

    /** The last of the steps fails, and nothing comes after it. */
    private String fails(List<StepKind> done, String environment) throws IOException {
        StepKind last = done.get(done.size() - 1);
        RehearsalYaml yaml = new RehearsalYaml(madeOf, "The step " + last.keyword() + " fails.", inputs(environment));
        for (StepKind kind : done) {
            yaml.worker(job(kind, environment), expected(kind), kind == last ? Answers.FAILS : good(kind));
            given(kind, done, yaml);
        }
        return yaml.end(words(done), "{ status: FAILURE }");
    }

    private void given(StepKind kind, List<StepKind> done, RehearsalYaml yaml) {
        if (kind == StepKind.STAGE && handsOn(done)) {
            yaml.files(List.of(component.job(StepKind.BUILD)));
        }
    }

    private String without(String secret, String environment) {
        Map<String, String> inputs = inputs(environment);
        inputs.remove(secret);
        return new RehearsalYaml(madeOf, "Nothing is begun without the secret " + secret + ".", inputs)
                .end(List.of(), "{ status: FAILURE }");
    }

    private String job(StepKind kind, String environment) {
        return kind == StepKind.RELEASE ? ReleaseJob.name(environment) : component.job(kind);
    }

    private String good(StepKind kind) throws IOException {
        return kind == StepKind.RELEASE ? "" : answers.good(component, kind);
    }

    private Map<String, String> expected(StepKind kind) {
        if (kind != StepKind.RELEASE) {
            return calls.inputs(component, kind, RehearsalYaml.COMMIT, v -> null);
        }
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put(component.input(Place.HASH), RehearsalYaml.COMMIT);
        expected.put(GatedOrchestration.UNTESTED_BECAUSE, BECAUSE);
        return expected;
    }

    private static List<String> words(List<StepKind> steps) {
        return steps.stream().map(StepKind::keyword).toList();
    }
}
