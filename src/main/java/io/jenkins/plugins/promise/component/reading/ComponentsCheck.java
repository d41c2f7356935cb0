package io.jenkins.plugins.promise.component.reading;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.Step;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.component.Variables;
import io.jenkins.plugins.promise.component.graph.DependencyGraph;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong between components, and between them and the environments. */
final class ComponentsCheck {
    private final Components all;
    private final List<Finding> findings = new ArrayList<>();

    ComponentsCheck(Components all) {
        this.all = all;
    }

    List<Finding> findings() {
        for (Component component : all.components().values()) {
            others("depends", component.depends(), component);
            others("needs", component.needs(), component);
            environments(component);
            released(component);
            variables(component);
            findings.addAll(StepVariables.problems(component));
            untested(component);
        }
        circles();
        return findings;
    }

    private void others(String key, List<String> names, Component component) {
        for (String name : names) {
            if (!name.equals(component.name()) && !all.components().containsKey(name)) {
                error(
                        component,
                        key,
                        "there is no component '" + name + "'"
                                + Nearest.hint(name, all.components().keySet()));
            }
        }
    }

    private void circles() {
        for (List<String> circle : new DependencyGraph(all.components().values()).circles()) {
            error(
                    all.components().get(circle.get(0)),
                    "needs",
                    "leads round in a circle, so that none can be built first: " + String.join(" → ", circle)
                            + "; what is needed only where it runs stands under depends");
        }
    }

    private void environments(Component component) {
        for (String name : component.environments().keySet()) {
            if (!all.environments().containsKey(name)) {
                error(
                        component,
                        "environments." + name,
                        all.environments().isEmpty()
                                ? "there is no environments.yaml in the folder that names it; write '" + name
                                        + ": {}' there"
                                : "there is no such environment in environments.yaml"
                                        + Nearest.hint(name, all.environments().keySet()));
            }
        }
    }

    /** What runs in an environment wants what it depends on there too. */
    private void released(Component component) {
        for (String name : component.environments().keySet()) {
            for (String other : component.depends()) {
                Component dependency = all.components().get(other);
                if (dependency != null
                        && dependency.steps().containsKey(StepKind.RELEASE)
                        && !dependency.environments().containsKey(name)) {
                    findings.add(Finding.warning(
                            component.place().file(),
                            component.place().line("environments." + name),
                            "environments." + name,
                            other + ", which it depends on, is not released there"));
                }
            }
        }
    }

    private void variables(Component component) {
        for (String variable : component.variables()) {
            for (StepKind kind : StepKind.values()) {
                Optional<Step> step = Optional.ofNullable(component.steps().get(kind));
                if (step.isEmpty() || !(step.get() instanceof Step.Script script) || !uses(script.text(), variable)) {
                    continue;
                }
                if (kind.ofAnEnvironment()) {
                    missing(variable, kind, component);
                } else if (kind != StepKind.TEST || component.steps().containsKey(StepKind.INTEGRATION)) {
                    error(
                            component,
                            kind.keyword(),
                            "uses " + variable + ", which each environment has another of; " + kind.keyword()
                                    + " is done once for all of them");
                }
            }
        }
    }

    private void missing(String variable, StepKind kind, Component component) {
        component.environments().forEach((name, given) -> {
            if (!given.names().contains(variable)) {
                error(
                        component,
                        "environments." + name,
                        "does not set " + variable + ", which " + kind.keyword() + " uses" + near(variable, given));
            }
        });
    }

    private static String near(String variable, Variables given) {
        return Nearest.hint(variable, given.names());
    }

    /** Without one that stands for it where it is not set, as in {@code ${URL:-http://localhost}}. */
    private static boolean uses(String script, String variable) {
        return Pattern.compile(
                        "(?<!\\\\)\\$(\\{" + variable + "(?![A-Za-z0-9_])(?!:?[-+])|" + variable + "(?![A-Za-z0-9_]))")
                .matcher(script)
                .find();
    }

    private void untested(Component component) {
        if (!component.steps().containsKey(StepKind.TEST)) {
            findings.add(Finding.warning(
                    component.place().file(),
                    component.place().line("component"),
                    "test",
                    "is missing: what is released of it was tested by nobody"));
        }
    }

    private void error(Component component, String field, String message) {
        findings.add(Finding.error(component.place().file(), component.place().line(field), field, message));
    }
}
