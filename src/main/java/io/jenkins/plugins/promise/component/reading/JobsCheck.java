package io.jenkins.plugins.promise.component.reading;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.Environment;
import io.jenkins.plugins.promise.component.JobNames;
import io.jenkins.plugins.promise.component.Step;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the jobs made of components can stand beside each other and beside those written by hand, and call those. */
final class JobsCheck {
    private final Components all;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> makers = new HashMap<>();

    JobsCheck(Components all) {
        this.all = all;
    }

    List<Finding> findings() {
        all.jobs().forEach((name, job) -> makers.put(name, job.lines().file()));
        JobNames names = new JobNames(all.environments().values());
        for (Component component : all.components().values()) {
            names.of(component)
                    .forEach(job -> made(
                            job, component.place().file(), component.place().line("component"), "component"));
            component.steps().forEach((kind, step) -> {
                if (step instanceof Step.Job job) {
                    byHand(component, kind, job);
                }
            });
        }
        for (Environment environment : all.environments().values()) {
            List<Component> its = all.of(environment);
            if (its.isEmpty()) {
                findings.add(Finding.warning(
                        environment.file(), environment.line(), environment.name(), "no component is released there"));
            }
            for (StepKind kind : StepKind.values()) {
                JobNames.of(environment, kind, its)
                        .ifPresent(job -> made(job, environment.file(), environment.line(), environment.name()));
            }
        }
        inputs();
        return findings;
    }

    private void made(String job, String file, int line, String field) {
        String other = makers.putIfAbsent(job, file);
        if (other != null) {
            findings.add(Finding.error(
                    file,
                    line,
                    field,
                    "the job " + job + " is made of this, and " + other + " has a job of that name too; rename one"));
        }
    }

    /** Inputs of an environment's jobs are called after the component and the variable. */
    private void inputs() {
        Map<String, Component> owners = new HashMap<>();
        for (Component component : all.components().values()) {
            if (component.environments().isEmpty()) {
                continue;
            }
            Set<String> own = new HashSet<>(component.variables());
            own.add("GIT_HASH");
            for (String variable : own) {
                Component other = owners.putIfAbsent(component.input(variable), component);
                if (other != null) {
                    findings.add(Finding.error(
                            component.place().file(),
                            component.place().line("component"),
                            "component",
                            "its " + variable + " would be the input " + component.input(variable)
                                    + " of its environments' jobs, as one of " + other.name()
                                    + " is; rename the component or the variable"));
                }
            }
        }
    }

    private void byHand(Component component, StepKind kind, Step.Job step) {
        if (!all.jobs().containsKey(step.name())) {
            error(
                    component,
                    kind,
                    "there is no job '" + step.name() + "'"
                            + Nearest.hint(step.name(), all.jobs().keySet())
                            + "; write it as jobs/" + step.name() + "/job.yaml beside a suite.yaml in the folder");
            return;
        }
        Contract contract = all.jobs().get(step.name()).contract();
        if (contract.input("GIT_HASH") == null) {
            error(
                    component,
                    kind,
                    "the job " + step.name() + " has no input GIT_HASH, so that it cannot know the commit");
        }
        for (Input input : contract.inputs()) {
            boolean given = input.name().equals("GIT_HASH")
                    || (kind.ofAnEnvironment() && component.variables().contains(input.name()));
            if (input.required() && input.defaultValue() == null && !given) {
                error(
                        component,
                        kind,
                        "the job " + step.name() + " requires " + input.name() + ", which nothing gives it");
            }
        }
    }

    private void error(Component component, StepKind kind, String message) {
        findings.add(Finding.error(
                component.place().file(), component.place().line(kind.keyword()), kind.keyword(), message));
    }
}
