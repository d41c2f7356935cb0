package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.component.Variables;
import io.jenkins.plugins.promise.contract.file.JobFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** How generated scripts call the jobs of steps. */
final class Calls {
    private final Map<String, JobFile> byHand;

    /**
     * Calls.
     *
     * @param byHand the jobs written by hand, by common name
     */
    Calls(Map<String, JobFile> byHand) {
        this.byHand = new TreeMap<>(byHand);
    }

    /**
     * A call of a step's job.
     *
     * @param variable what a variable is in the script; null for what the environment does not give
     */
    String call(Component component, StepKind kind, String commit, UnaryOperator<String> variable, String indent) {
        return call(component, kind, commit, variable, indent, "");
    }

    /**
     * The same with more arguments.
     *
     * @param more as in {@code , label: 'linux'}
     */
    String call(
            Component component,
            StepKind kind,
            String commit,
            UnaryOperator<String> variable,
            String indent,
            String more) {
        StringBuilder call = new StringBuilder(indent)
                .append("worker job: ")
                .append(Quoted.groovy(component.job(kind)))
                .append(", inputs: [");
        Map<String, String> inputs = inputs(component, kind, commit, variable);
        if (inputs.size() == 1) {
            return call.append("GIT_HASH: ")
                    .append(commit)
                    .append(']')
                    .append(more)
                    .append('\n')
                    .toString();
        }
        call.append('\n');
        inputs.forEach((name, value) -> call.append(indent)
                .append("    ")
                .append(name)
                .append(": ")
                .append(value)
                .append(",\n"));
        return call.append(indent).append(']').append(more).append('\n').toString();
    }

    /** What a step's job is given, in the order of the call; a job written by hand gets what it declares. */
    Map<String, String> inputs(Component component, StepKind kind, String commit, UnaryOperator<String> variable) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("GIT_HASH", commit);
        if (kind.ofAnEnvironment()) {
            JobFile job = byHand.get(component.job(kind));
            for (String name : component.variables()) {
                String value = variable.apply(name);
                if (value != null && (job == null || job.contract().input(name) != null)) {
                    inputs.put(name, value);
                }
            }
        }
        return inputs;
    }

    /** The variables that are given to a step's job, and after a release to the probe's; one written by hand may not want all. */
    Set<String> used(Component component, StepKind kind) {
        Set<String> used = new TreeSet<>(inputs(component, kind, "", v -> v).keySet());
        if (kind == StepKind.RELEASE && component.steps().containsKey(StepKind.PROBE)) {
            used.addAll(inputs(component, StepKind.PROBE, "", v -> v).keySet());
        }
        return used;
    }

    /** The secrets that an environment gives to a component's release. */
    List<String> secrets(Component component, Variables given) {
        Set<String> used = used(component, StepKind.RELEASE);
        return given.secrets().stream().filter(used::contains).toList();
    }

    /** Whether what build has made is what is staged, by an orchestration with these steps. */
    boolean handsOn(Component component, List<StepKind> done) {
        return !component.produces().isEmpty() && done.containsAll(List.of(StepKind.BUILD, StepKind.STAGE));
    }
}
