package io.jenkins.plugins.promise.component.generation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.CharMatcher;
import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.JobNames;
import io.jenkins.plugins.promise.component.Step;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.component.Variables;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The workers of a component: one for each step that is a script. Each has the step as its author wrote it, and a script
 * that brings the component here at the commit and runs it.
 */
final class WorkerFiles {
    static final String LIBRARY = "lib/component.sh";
    static final String REQUIREMENTS = "lib/requirements.sh";
    private static final String PROVIDERS = "lib/requirements/";
    /** Where build works, so that nobody takes a checkout of another worker for what it has made. */
    private static final String MADE = "made";

    private static final CharMatcher SPECIAL = CharMatcher.anyOf("*?[\\{}");
    /** Steps that work on what build has made. */
    private static final Set<StepKind> AFTER_BUILD = Set.of(StepKind.TEST, StepKind.STAGE, StepKind.INTEGRATION);

    private final Component component;
    private final JobNames names;
    private final Set<String> providers;

    /**
     * The workers of a component.
     *
     * @param providers the suite's own providers of requirements, by path
     */
    WorkerFiles(Component component, JobNames names, Set<String> providers) {
        this.component = component;
        this.names = names;
        this.providers = new TreeSet<>(providers);
    }

    /** Where the suite's own provider of a requirement would lie. */
    static String provider(String requirement) {
        return PROVIDERS + requirement + ".sh";
    }

    void addTo(SuiteFiles files) throws IOException {
        for (StepKind kind : names.workers(component)) {
            String folder = folder(kind);
            files.add(folder + "job.yaml", job(kind));
            files.add(folder + "run.sh", script(kind));
            files.add(folder + file(kind), text(kind).orElseThrow());
            files.add(folder + "no-op.json", noOp(kind).toPrettyString() + "\n");
        }
    }

    private String folder(StepKind kind) {
        return "jobs/" + component.job(kind) + "/";
    }

    private static String file(StepKind kind) {
        return kind.keyword() + ".sh";
    }

    private Optional<String> text(StepKind kind) {
        return component.step(kind).filter(Step.Script.class::isInstance).map(s -> ((Step.Script) s).text());
    }

    private boolean buildsFirst(StepKind kind) {
        return AFTER_BUILD.contains(kind) && text(StepKind.BUILD).isPresent();
    }

    private String job(StepKind kind) {
        List<String> files = new ArrayList<>(List.of(LIBRARY));
        if (!component.requires().isEmpty()) {
            files.add(REQUIREMENTS);
            component.requires().keySet().stream()
                    .map(WorkerFiles::provider)
                    .filter(providers::contains)
                    .forEach(files::add);
        }
        if (buildsFirst(kind)) {
            files.add(folder(StepKind.BUILD) + file(StepKind.BUILD));
        }
        JobYaml yaml = new JobYaml(
                        component.place().file(),
                        JobKind.WORKER,
                        "run.sh",
                        kind.does() + " " + component.name() + " at a commit.")
                .files(files)
                .commit("GIT_HASH", true, "The commit");
        if (kind == StepKind.BUILD && !component.produces().isEmpty()) {
            yaml.produces(produces());
        }
        if (kind.ofAnEnvironment()) {
            for (String name : component.variables()) {
                if (component.secret(name)) {
                    yaml.secret(name, always(v -> v.secrets().contains(name)));
                } else {
                    // An empty value counts as none where one is required.
                    yaml.text(
                            name, always(v -> !v.values().getOrDefault(name, "").isEmpty()));
                }
            }
        }
        return kind == StepKind.PROBE
                ? yaml.end(
                        "outputs: { type: object, required: [commit], properties: { commit: { type: [string, \"null\"] } } }\n")
                : yaml.end();
    }

    /** From the workspace; a letter of the folder that means something in a pattern stands for any. */
    private List<String> produces() {
        String folder = component.source().folder();
        String above = MADE + "/" + (folder.isEmpty() ? "" : SPECIAL.replaceFrom(folder, '?') + "/");
        return component.produces().stream().map(p -> above + p).toList();
    }

    private boolean always(Predicate<Variables> is) {
        return component.environments().values().stream().allMatch(is);
    }

    private String script(StepKind kind) {
        List<String> inputs = new ArrayList<>(List.of("GIT_HASH"));
        if (kind.ofAnEnvironment()) {
            inputs.addAll(component.variables());
        }
        StringBuilder text = new StringBuilder("#!/usr/bin/env bash\n")
                .append("# ")
                .append(kind.does())
                .append(' ')
                .append(component.name())
                .append(".\n")
                .append(JobYaml.header("#", component.place().file()))
                .append("# Its variables: ")
                .append(String.join(", ", inputs))
                .append("\nset -euo pipefail\n")
                .append(". \"$PROMISE_JOB_DIR/" + LIBRARY + "\"\n");
        if (!component.requires().isEmpty()) {
            text.append(". \"$PROMISE_JOB_DIR/" + REQUIREMENTS + "\"\n\n");
            component.requires().forEach((name, version) -> text.append("require ")
                    .append(name)
                    .append(' ')
                    .append(Quoted.shell(version))
                    .append('\n'));
        }
        Component.Source source = component.source();
        text.append("\ncheckout ")
                .append(Quoted.shell(source.repository()))
                .append(' ')
                .append(Quoted.shell(source.branch()))
                .append(' ')
                .append(Quoted.shell(source.folder().isEmpty() ? "." : source.folder()))
                .append(kind == StepKind.BUILD && !component.produces().isEmpty() ? " " + MADE : "")
                .append('\n');
        if (buildsFirst(kind)) {
            text.append(
                            kind == StepKind.STAGE
                                    ? "# Without the files of a build that went before, they are made here.\nhanded || "
                                    : "# Tests need more than what a build hands on: it is built here too.\n")
                    .append("step build \"$PROMISE_JOB_DIR/")
                    .append(folder(StepKind.BUILD))
                    .append(file(StepKind.BUILD))
                    .append("\"\n");
        }
        String step = "step " + kind.keyword() + " \"$PROMISE_JOB_DIR/" + file(kind) + "\"";
        if (kind == StepKind.BUILD && !component.produces().isEmpty()) {
            step += "\n# What git keeps is no file of the build.\nrm -rf \"$workspace/" + MADE + "/.git\"";
        }
        return text.append(kind == StepKind.PROBE ? probe(step) : step + "\n" + reported(kind))
                .toString();
    }

    /** What was taken for a requirement is in the report. */
    private String reported(StepKind kind) {
        return component.requires().isEmpty()
                ? ""
                : "printf '{\"status\": \"SUCCESS\", \"reason\": \"" + kind.keyword()
                        + " went well\", \"data\": {\"requirements\": [%s]}}\\n'"
                        + " \"$requirements\" > \"$workspace/report.json\"\n";
    }

    /** The last line that a probe prints is the commit. */
    private String probe(String step) {
        return step + " | tee \"$workspace/probe.txt\"\n"
                + "commit=$(tail -n 1 \"$workspace/probe.txt\" | tr -d '[:space:]')\n"
                + "[[ $commit =~ ^[0-9a-f]{7,64}$ ]] || fail \"the probe printed '$commit', and that is no commit\"\n"
                + "printf '{\"status\": \"SUCCESS\", \"reason\": \"it runs %s\", \"data\": {\"commit\": \"%s\""
                + (component.requires().isEmpty() ? "" : ", \"requirements\": [%s]")
                + "}}\\n'"
                + " \"$commit\" \"$commit\"" + (component.requires().isEmpty() ? "" : " \"$requirements\"")
                + " > \"$workspace/report.json\"\n";
    }

    private static ObjectNode noOp(StepKind kind) {
        ObjectNode report = Json.mapper().createObjectNode();
        report.put("status", "SUCCESS").put("reason", "no-op");
        if (kind == StepKind.PROBE) {
            report.putObject("data").putNull("commit");
        }
        return report;
    }
}
