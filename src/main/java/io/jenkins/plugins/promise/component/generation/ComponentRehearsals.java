package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.component.Variables;
import io.jenkins.plugins.promise.environment.ReleaseJob;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rehearsals and the case of each orchestration of one component. */
final class ComponentRehearsals {
    private static final String BECAUSE = "it is a rehearsal";

    private final Component component;
    private final Map<String, Environment> environments;
    private final Calls calls;
    private final Answers answers;
    private final String madeOf;

    ComponentRehearsals(Component component, Map<String, Environment> environments, Calls calls, Answers answers) {
        this.component = component;
        this.environments = new LinkedHashMap<>(environments);
        this.calls = calls;
        this.answers = answers;
        this.madeOf = component.place().file();
    }

    /**
     * Adds those of one.
     *
     * @param name the orchestration's
     * @param done its steps
     */
    void addTo(SuiteFiles files, String name, List<StepKind> done) throws IOException {
        add("rehearsals/" + name + "/", done, files);
        String environment = first(done);
        // Nobody approves what a drive submits.
        if (environment == null || !environments.get(environment).approve()) {
            Cases.add(madeOf, name, inputs(environment), files);
        }
    }

    private void add(String folder, List<StepKind> done, SuiteFiles files) throws IOException {
        if (!done.contains(StepKind.RELEASE)) {
            files.add(folder + "good.yaml", good(done, null));
        } else {
            for (Map.Entry<String, Variables> one : component.environments().entrySet()) {
                files.add(folder + "good-" + one.getKey() + ".yaml", good(done, one.getKey()));
                for (String secret : calls.secrets(component, one.getValue())) {
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
            calls.secrets(component, component.environments().get(environment))
                    .forEach(s -> inputs.put(s, RehearsalYaml.SECRET));
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
        if (kind == StepKind.STAGE && calls.handsOn(component, done)) {
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
