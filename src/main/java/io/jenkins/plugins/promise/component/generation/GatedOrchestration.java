package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.environment.ReleaseJob;
import io.jenkins.plugins.promise.environment.work.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An orchestration that changes what is in one environment: it tests candidates there, or releases a manifest to it. What
 * follows what is decided by the steps {@code integrate} and {@code release}; the script says which worker does each act.
 */
final class GatedOrchestration {
    static final String UNTESTED_BECAUSE = "UNTESTED_BECAUSE";

    private final Place place;
    private final Place.Job job;
    private final String environment;

    GatedOrchestration(Place place, Place.Job job) {
        this.place = place;
        this.job = job;
        this.environment = Quoted.groovy(place.environment().name());
    }

    void addTo(SuiteFiles files) throws IOException {
        files.add("jobs/" + job.name() + "/job.yaml", file());
        files.add("jobs/" + job.name() + "/run.groovy", script());
    }

    private boolean integrates() {
        return job.step() == StepKind.INTEGRATION;
    }

    private String about() {
        String name = place.environment().name();
        return integrates()
                ? "Tests candidates in " + name + ", each with all that depends on it, beside what production has."
                : "Releases a manifest to " + name + ", one component after another, dependencies first.";
    }

    private String file() {
        JobYaml yaml = new JobYaml(place.madeOf(), JobKind.ORCHESTRATION, "run.groovy", about());
        if (!integrates()) {
            yaml.manifest(ReleaseJob.MANIFEST, "The manifest, by its id")
                    .flag(ReleaseJob.ROLL_BACK, "Whether it is one that was there before")
                    .reason(UNTESTED_BECAUSE, false, "Why it need not have passed; it is recorded");
        }
        for (Component component : job.components()) {
            yaml.commit(
                    component.input(Place.HASH),
                    false,
                    integrates()
                            ? "The commit of " + component.name() + " in the candidate"
                            : "Without a manifest: the commit of " + component.name() + " beside what is there");
            place.values(component, job.step())
                    .forEach((variable, value) -> yaml.text(component.input(variable), value));
            place.secrets(component, job.step()).forEach(s -> yaml.secret(component.input(s), false));
        }
        yaml.callbacks();
        return place.environment().approve() && !integrates()
                // People sleep, and go away at weekends.
                ? yaml.end("deadline: 7d\n")
                : yaml.end();
    }

    private String script() {
        ScriptParts script = new ScriptParts();
        script.line("// " + about());
        script.line(JobYaml.header("//", place.madeOf()).strip());
        script.commits(job.components());
        if (!integrates()) {
            script.line("if (!inputs.MANIFEST && !commits) {");
            script.line("    error 'give MANIFEST, one that passed; or commits, and UNTESTED_BECAUSE'");
            script.line("}");
        }
        List<Component> checked = job.components().stream()
                .filter(c -> !place.secrets(c, job.step()).isEmpty())
                .toList();
        script.calls("check", "", checked.stream().map(Component::word).toList());
        checked.forEach(c -> script.method(check(c)));
        script.line("// What is released before what, what each talks to, and what can be asked which commit runs.");
        script.map("plan", plan());
        if (integrates()) {
            integrate(script);
        } else {
            release(script);
        }
        job.components().forEach(c -> script.method(perform(c)));
        return script.text();
    }

    /** Before anything is begun. */
    private String check(Component component) {
        StringBuilder text =
                new StringBuilder("def check_").append(component.word()).append("() {\n");
        for (String secret : place.secrets(component, job.step())) {
            text.append("    if (")
                    .append(ScriptParts.commit(component))
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

    private List<String> plan() {
        Plan plan = place.plan(job.components());
        List<String> rows = new ArrayList<>();
        int train = 0;
        for (List<String> together : plan.trains()) {
            train++;
            for (String component : together) {
                rows.add(Quoted.groovy(component) + ": [train: " + train + ", depends: ["
                        + String.join(
                                ", ",
                                plan.depends().get(component).stream()
                                        .map(Quoted::groovy)
                                        .toList())
                        + "], probe: " + plan.probed().contains(component)
                        + (integrates() ? ", integration: " + plan.tested().contains(component) : "") + "]");
            }
        }
        return rows;
    }

    private void perform(ScriptParts script, String indent) {
        script.calls(
                "perform",
                indent,
                job.components().stream().map(Component::word).toList(),
                "act");
    }

    private void integrate(ScriptParts script) {
        script.line("def mine = commits ? candidate(environment: " + environment + ", commits: commits) : null");
        script.line("def outcome = null");
        script.line("def goOn = true");
        script.line("while (goOn) {");
        script.line("    outcome = environment(" + environment + ") {");
        script.line("        integrate(plan) { act ->");
        perform(script, "            ");
        script.line("        }");
        script.line("    }");
        script.line("    mine = mine ? candidate(environment: " + environment + ", number: mine.number) : null");
        script.line("    // Others may come first; what is held waits for a person.");
        script.line("    goOn = mine?.open && !outcome?.held");
        script.line("}");
        script.line("def end = mine && !mine.open ? mine : outcome ?: [good: true, told: 'no candidate waits']");
        script.line("report status: end.good ? 'SUCCESS' : 'FAILURE', reason: end.told,");
        script.line("    data: [environment: " + environment
                + ", manifest: end.manifest, broke: end.broke, candidate: mine?.number]");
    }

    private void release(ScriptParts script) {
        String composed = "manifest(environment: " + environment + ", commits: commits)";
        String wanted = "def wanted = inputs.MANIFEST ?: " + composed;
        boolean approve = place.environment().approve();
        if (approve) {
            script.line(wanted);
            script.line("approval environment: " + environment + ", manifest: wanted");
        }
        script.line("def outcome = environment(" + environment + ") {");
        if (approve) {
            script.line("    if (!inputs.MANIFEST && " + composed + " != wanted) {");
            script.line("        error 'something else has come there since it was asked for: do it again'");
            script.line("    }");
        } else {
            script.line("    " + wanted);
        }
        script.line("    release(manifest: wanted, plan: plan, rollback: inputs.ROLL_BACK,");
        script.line("            untested: inputs.UNTESTED_BECAUSE) { act ->");
        perform(script, "        ");
        script.line("    }");
        script.line("}");
        script.line("report status: outcome.good ? 'SUCCESS' : 'FAILURE', reason: outcome.told,");
        script.line("    data: [environment: " + environment + ", manifest: outcome.manifest]");
    }

    /** The worker that does an act, if it is one of this component. */
    private String perform(Component component) {
        StringBuilder text =
                new StringBuilder("def perform_").append(component.word()).append("(act) {\n");
        if (job.components().size() > 1) {
            text.append("    if (act.component != ")
                    .append(Quoted.groovy(component.name()))
                    .append(") {\n        return\n    }\n");
        }
        List<StepKind> kinds = new ArrayList<>(List.of(StepKind.RELEASE));
        if (component.steps().containsKey(StepKind.PROBE)) {
            kinds.add(StepKind.PROBE);
        }
        if (integrates() && component.step(StepKind.INTEGRATION).isPresent()) {
            kinds.add(StepKind.INTEGRATION);
        }
        for (StepKind kind : kinds) {
            text.append("    if (act.kind == '")
                    .append(kind.name())
                    .append("') {\n")
                    .append(place.calls()
                            .call(component, kind, "act.commit", v -> place.variable(component, v), "        "))
                    .append("    }\n");
        }
        return text.append("}\n").toString();
    }
}
