package io.jenkins.plugins.promise.component.generation;

import io.jenkins.plugins.promise.contract.JobKind;
import java.util.Collection;
import java.util.List;

/** A job file in the making; whoever reads it is told where to change it. */
final class JobYaml {
    private static final String COMMIT = "pattern: \"[0-9a-f]{40,64}\"";

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder inputs = new StringBuilder();

    JobYaml(String madeOf, JobKind kind, String script, String about) {
        text.append(header("#", madeOf))
                .append("kind: ")
                .append(kind.keyword())
                .append("\nscript: ")
                .append(script)
                .append("\nabout: ")
                .append(Quoted.yaml(about))
                .append('\n');
    }

    /** The first line of generated files. */
    static String header(String comment, String madeOf) {
        return comment + " Made of " + madeOf + " by promise component generate: change it there.\n";
    }

    JobYaml files(Collection<String> files) {
        text.append("files: ").append(Quoted.yaml(files)).append('\n');
        return this;
    }

    JobYaml produces(Collection<String> patterns) {
        text.append("produces: ").append(Quoted.yaml(patterns)).append('\n');
        return this;
    }

    JobYaml commit(String name, boolean required, String about) {
        return input(name, (required ? "required: true, " : "") + COMMIT + ", about: " + Quoted.yaml(about));
    }

    JobYaml choice(String name, Collection<String> choices) {
        return input(name, "required: true, type: choice, choices: " + Quoted.yaml(choices));
    }

    JobYaml text(String name, boolean required) {
        return input(name, "type: string" + (required ? ", required: true" : ""));
    }

    JobYaml text(String name, String otherwise) {
        return input(name, "type: string, default: " + Quoted.yaml(otherwise));
    }

    JobYaml manifest(String name, String about) {
        return input(name, "pattern: \"[0-9a-f]{16}\", about: " + Quoted.yaml(about));
    }

    JobYaml flag(String name, String about) {
        return input(name, "type: boolean, about: " + Quoted.yaml(about));
    }

    JobYaml reason(String name, boolean required, String about) {
        return input(name, (required ? "required: true, " : "") + "type: string, about: " + Quoted.yaml(about));
    }

    JobYaml secret(String name, boolean required) {
        return input(name, "type: secret" + (required ? ", required: true" : ""));
    }

    JobYaml callbacks() {
        input("REPORT_RETURN_URL", "type: callback, receives: report");
        return input("REGISTRATION_RETURN_URL", "type: callback, receives: registration");
    }

    private JobYaml input(String name, String declared) {
        inputs.append("  ").append(name).append(": { ").append(declared).append(" }\n");
        return this;
    }

    /** The whole file; lines of more keys go to its end. */
    String end(String... more) {
        return text + "inputs:\n" + inputs + String.join("", List.of(more));
    }
}
