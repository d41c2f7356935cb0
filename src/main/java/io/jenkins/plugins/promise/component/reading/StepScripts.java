package io.jenkins.plugins.promise.component.reading;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.Step;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.suite.script.WorkerScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks bash whether the steps of components parse, as far as this machine has it. */
public final class StepScripts {
    private final WorkerScripts scripts;
    private final Path scratch;

    /**
     * Steps that are looked at in that folder.
     *
     * @param scratch empty; whoever made it takes it away
     */
    public StepScripts(Path scratch) {
        this.scripts = new WorkerScripts(scratch, scratch);
        this.scratch = scratch;
    }

    /**
     * What is wrong with them, each at its line of the component file.
     *
     * @throws IOException if the folder cannot be written to
     */
    public List<Finding> problems(Components components) throws IOException {
        List<Written> written = new ArrayList<>();
        for (Component component : components.components().values()) {
            for (Map.Entry<StepKind, Step> step : component.steps().entrySet()) {
                if (step.getValue() instanceof Step.Script script) {
                    String file = component.name() + "-" + step.getKey().keyword() + ".sh";
                    Files.writeString(scratch.resolve(file), script.text());
                    written.add(new Written(component, step.getKey(), script, file));
                }
            }
        }
        return written.parallelStream().flatMap(one -> problem(one).stream()).toList();
    }

    private record Written(Component component, StepKind kind, Step.Script script, String file) {}

    private Optional<Finding> problem(Written step) {
        return scripts.syntax(step.file())
                .map(found -> Finding.error(
                        step.component().place().file(),
                        step.script().line() + Math.max(0, found.line() - 1),
                        step.kind().keyword(),
                        "is no bash that parses: " + found.message()));
    }
}
