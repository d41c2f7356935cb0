package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.JobNames;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.component.Variables;
import io.jenkins.plugins.promise.contract.JobKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The orchestrations of one component, with their rehearsals. */
final class ComponentOrchestrations {
    private static final String COMMIT = "inputs.GIT_HASH";

    private final Component component;
    private final JobNames names;
    private final Calls calls;
    private final Answers answers;
    private final String madeOf;

    ComponentOrchestrations(Component component, JobNames names, Calls calls, Answers answers) {
        this.component = component;
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
            Cases.add(madeOf, name, inputs(first(done)), files);
        }
    }

    /** Those that the component has, and the probe after a release. */
    private List<StepKind> done(List<StepKind> steps) {
        List<StepKind> done = new ArrayList<>(steps);
        if (steps.contains(StepKind.RELEASE)) {
            done.add(StepKind.PROBE);
        }
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
            yaml.choice("ENVIRONMENT", component.environments().keySet());
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
            text.append(given()).append(checked());
        }
        for (StepKind kind : done) {
            text.append(kind == StepKind.PROBE ? "def seen = " : "")
                    .append("phase('")
                    .append(kind.keyword())
                    .append("') {\n")
                    .append(calls.call(component, kind, COMMIT, v -> "given." + v, "    "))
                    .append("}\n");
        }
        if (done.contains(StepKind.PROBE)) {
            text.append(Calls.probed(component, COMMIT, "${inputs.ENVIRONMENT}", ""));
        }
        return text.append("report data: [component: ")
                .append(Quoted.groovy(component.name()))
                .append(", commit: " + COMMIT)
                .append(released ? ", environment: inputs.ENVIRONMENT" : "")
                .append("]\n")
                .toString();
    }

    /** What each environment gives, as the component file has it. */
    private String given() {
        if (component.variables().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("def given = [\n");
        component.environments().forEach((name, variables) -> {
            List<String> entries = new ArrayList<>();
            variables.values().forEach((variable, value) -> entries.add(variable + ": " + Quoted.groovy(value)));
            secrets(variables).forEach(secret -> entries.add(secret + ": inputs." + secret));
            text.append("    ")
                    .append(Quoted.groovy(name))
                    .append(": [")
                    .append(entries.isEmpty() ? ":" : String.join(", ", entries))
                    .append("],\n");
        });
        return text.append("][inputs.ENVIRONMENT]\n").toString();
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
                    ends(done.subList(0, done.indexOf(kind) + 1), environment, Answers.FAILS));
        }
        if (done.contains(StepKind.PROBE)) {
            files.add(folder + "another-commit-runs.yaml", ends(done, environment, Answers.runs(RehearsalYaml.OTHER)));
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
            yaml.worker(component.job(kind), expected(kind, environment), answers.good(component, kind));
        }
        return yaml.end(
                words(done),
                "{ status: SUCCESS, data: { component: " + Quoted.yaml(component.name()) + ", commit: \""
                        + RehearsalYaml.COMMIT + "\" } }");
    }

    /** The last of the steps answers so, and nothing comes after it. */
    private String ends(List<StepKind> done, String environment, String answer) throws IOException {
        StepKind last = done.get(done.size() - 1);
        RehearsalYaml yaml = new RehearsalYaml(
                madeOf,
                answer.equals(Answers.FAILS)
                        ? "The step " + last.keyword() + " fails."
                        : "The environment does not run what was released.",
                inputs(environment));
        for (StepKind kind : done) {
            yaml.worker(
                    component.job(kind),
                    expected(kind, environment),
                    kind == last ? answer : answers.good(component, kind));
        }
        return yaml.end(words(done), "{ status: FAILURE }");
    }

    private String without(String secret, String environment) {
        Map<String, String> inputs = inputs(environment);
        inputs.remove(secret);
        return new RehearsalYaml(madeOf, "Nothing is begun without the secret " + secret + ".", inputs)
                .end(List.of(), "{ status: FAILURE }");
    }

    private Map<String, String> expected(StepKind kind, String environment) {
        return calls.inputs(
                component,
                kind,
                RehearsalYaml.COMMIT,
                v -> component.secret(v)
                        ? null
                        : component.environments().get(environment).values().get(v));
    }

    private static List<String> words(List<StepKind> steps) {
        return steps.stream().map(StepKind::keyword).toList();
    }
}
