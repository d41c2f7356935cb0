package io.jenkins.plugins.promise.component.generation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A rehearsal in the making. */
final class RehearsalYaml {
    /** The commit of all rehearsals. */
    static final String COMMIT = "1111111111111111111111111111111111111111";
    /** One that an environment should not run. */
    static final String OTHER = "2222222222222222222222222222222222222222";

    static final String SECRET = "a secret of this rehearsal";

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder environments = new StringBuilder();
    private final StringBuilder workers = new StringBuilder();

    RehearsalYaml(String madeOf, String about, Map<String, String> inputs) {
        text.append(JobYaml.header("#", madeOf))
                .append("about: ")
                .append(Quoted.yaml(about))
                .append("\ninputs: {")
                .append(mapping(inputs))
                .append("}\n");
    }

    /** Keys and values, without the braces. */
    static String mapping(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(text.isEmpty() ? " " : ", ")
                .append(name)
                .append(": ")
                .append(Quoted.yaml(value)));
        return text.append(values.isEmpty() ? "" : " ").toString();
    }

    /** What is in an environment at the beginning. */
    static String there(Map<String, String> commits) {
        return "there: " + commits(commits);
    }

    /** Commits by component. */
    static String commits(Map<String, String> commits) {
        Map<String, String> quoted = new LinkedHashMap<>();
        commits.forEach((component, commit) -> quoted.put(Quoted.yaml(component), commit));
        return "{" + mapping(quoted) + "}";
    }

    /**
     * An environment.
     *
     * @param said keys of the rehearsal, as in {@code there: { x: 1 }}
     */
    RehearsalYaml environment(String name, String said) {
        environments
                .append("  ")
                .append(Quoted.yaml(name))
                .append(": { ")
                .append(said)
                .append(" }\n");
        return this;
    }

    /**
     * A worker that is called.
     *
     * @param inputs what it must be called with
     * @param answer keys of the rehearsal, as in {@code data: { x: 1 }}; empty for a plain success
     */
    RehearsalYaml worker(String name, Map<String, String> inputs, String answer) {
        workers.append("  ")
                .append(Quoted.yaml(name))
                .append(":\n    inputs: {")
                .append(mapping(inputs))
                .append("}\n");
        if (!answer.isEmpty()) {
            workers.append("    ").append(answer).append('\n');
        }
        return this;
    }

    /** Of whom the worker before must be given the files. */
    RehearsalYaml files(Collection<String> others) {
        workers.append("    files: ").append(Quoted.yaml(others)).append('\n');
        return this;
    }

    /** The whole file. */
    String end(Collection<String> phases, String report) {
        return text
                + (environments.isEmpty() ? "" : "environments:\n" + environments)
                + (workers.isEmpty() ? "" : "workers:\n" + workers)
                + "phases: " + Quoted.yaml(phases) + "\nreport: " + report + "\n";
    }
}
