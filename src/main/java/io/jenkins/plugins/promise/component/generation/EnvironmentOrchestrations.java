package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.contract.JobKind;
import java.io.IOException;
import java.util.List;

/**
 * The orchestrations of one environment: each does one step for those of its components whose commit is given.
 */
final class EnvironmentOrchestrations {
    private final Place place;
    private final Environment environment;
    private final Calls calls;
    private final String madeOf;

    EnvironmentOrchestrations(Place place) {
        this.place = place;
        this.environment = place.environment();
        this.calls = place.calls();
        this.madeOf = place.madeOf();
    }

    void addTo(SuiteFiles files) throws IOException {
        for (Place.Job job : place.jobs()) {
            files.add("jobs/" + job.name() + "/job.yaml", job(job.step(), job.components()));
            files.add("jobs/" + job.name() + "/run.groovy", script(job.step(), job.components()));
        }
    }

    private String about(StepKind kind) {
        return switch (kind) {
            case STAGE -> "Stages components that are going to " + environment.name() + ", all at once.";
            case RELEASE -> "Releases components to " + environment.name() + ", one after another, dependencies first.";
            default -> "Tests components against what runs on " + environment.name() + ", all at once.";
        };
    }

    private String job(StepKind kind, List<Component> done) {
        JobYaml yaml = new JobYaml(madeOf, JobKind.ORCHESTRATION, "run.groovy", about(kind));
        for (Component component : done) {
            yaml.commit(
                    component.input(Place.HASH),
                    false,
                    "The commit of " + component.name() + "; left alone without one");
            place.values(component, kind).forEach((variable, value) -> yaml.text(component.input(variable), value));
            place.secrets(component, kind).forEach(s -> yaml.secret(component.input(s), false));
        }
        return yaml.callbacks().end();
    }

    private String script(StepKind kind, List<Component> done) {
        ScriptParts script = new ScriptParts();
        script.line("// " + about(kind));
        script.line(JobYaml.header("//", madeOf).strip());
        script.map(
                "commits",
                done.stream()
                        .map(c -> Quoted.groovy(c.name()) + ": " + commit(c))
                        .toList());
        script.line("if (!commits) {");
        script.line("    error 'no component is named: give the commit of at least one, as in "
                + done.get(0).input(Place.HASH) + "'");
        script.line("}");
        List<Component> checked =
                done.stream().filter(c -> !place.secrets(c, kind).isEmpty()).toList();
        script.calls("check", "", checked.stream().map(Component::word).toList());
        checked.forEach(c -> script.method(check(c, kind)));
        if (kind == StepKind.RELEASE) {
            List<List<Component>> order = place.trains(done);
            script.calls("release", "", order.stream().map(t -> t.get(0).word()).toList());
            order.forEach(t -> script.method(release(t)));
        } else {
            script.line("phase('" + kind.keyword() + "') {");
            script.calls(
                    kind.keyword(), "    ", done.stream().map(Component::word).toList());
            script.line("}");
            done.forEach(c ->
                    script.method("def " + kind.keyword() + "_" + c.word() + "() {\n" + call(c, kind, "    ") + "}\n"));
        }
        script.line("report data: [environment: " + Quoted.groovy(environment.name()) + ", commits: commits]");
        return script.text();
    }

    /** Before anything is begun. */
    private String check(Component component, StepKind kind) {
        StringBuilder text =
                new StringBuilder("def check_").append(component.word()).append("() {\n");
        for (String secret : place.secrets(component, kind)) {
            text.append("    if (inputs.")
                    .append(component.input(Place.HASH))
                    .append(" && !inputs.")
                    .append(component.input(secret))
                    .append(") {\n        error '")
                    .append(component.name())
                    .append(" needs the secret ")
                    .append(component.input(secret))
                    .append("'\n    }\n");
        }
        return text.append("}\n").toString();
    }

    /** The call of a component's job, if its commit is given. */
    private String call(Component component, StepKind kind, String indent) {
        return indent + "if (" + commit(component) + ") {\n"
                + plainCall(component, kind, indent + "    ")
                + indent + "}\n";
    }

    private String plainCall(Component component, StepKind kind, String indent) {
        return calls.call(component, kind, commit(component), v -> place.variable(component, v), indent);
    }

    private static String commit(Component component) {
        return "inputs." + component.input(Place.HASH);
    }

    private String release(List<Component> train) {
        List<String> names = train.stream().map(Component::name).toList();
        List<String> commits =
                train.stream().map(EnvironmentOrchestrations::commit).toList();
        boolean one = train.size() == 1;
        StringBuilder text = new StringBuilder();
        if (!one) {
            text.append("// ").append(String.join(", ", names)).append(" depend on each other, and go as one.\n");
        }
        text.append("def release_")
                .append(train.get(0).word())
                .append("() {\n    if (")
                .append("!" + String.join(" && !", commits))
                .append(") {\n        return\n    }\n    phase(")
                .append(Quoted.groovy("release " + String.join(", ", names)))
                .append(") {\n");
        for (Component component : train) {
            text.append(
                    one
                            ? plainCall(component, StepKind.RELEASE, "        ")
                            : call(component, StepKind.RELEASE, "        "));
        }
        text.append("    }\n");
        for (Component component : train) {
            if (component.steps().containsKey(StepKind.PROBE)) {
                text.append(
                        one
                                ? probe(component, "    ")
                                : "    if (" + commit(component) + ") {\n" + probe(component, "        ") + "    }\n");
            }
        }
        return text.append("}\n").toString();
    }

    private String probe(Component component, String indent) {
        return indent + "def seen = phase(" + Quoted.groovy("probe " + component.name()) + ") {\n"
                + plainCall(component, StepKind.PROBE, indent + "    ")
                + indent + "}\n"
                + Calls.probed(component, commit(component), environment.name(), indent);
    }
}
