package io.jenkins.plugins.promise.component.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.component.Step;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.contract.JobName;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads the steps of a component file: each a script, or the name of a job that somebody wrote by hand. */
final class StepsReader {
    private StepsReader() {}

    static Map<StepKind, Step> read(YamlMapping yaml) {
        Map<StepKind, Step> steps = new EnumMap<>(StepKind.class);
        for (StepKind kind : StepKind.values()) {
            if (yaml.has(kind.keyword())) {
                step(kind.keyword(), yaml).ifPresent(s -> steps.put(kind, s));
            } else if (yaml.keys().contains(kind.keyword())) {
                yaml.error(kind.keyword(), "is empty; write a script, or leave the key out");
            }
        }
        return steps;
    }

    private static Optional<Step> step(String key, YamlMapping yaml) {
        JsonNode value = yaml.json(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value.isObject()) {
            return job(key, yaml);
        }
        if (value.isArray()) {
            yaml.error(key, "must be a script, with its commands in lines below '" + key + ": |', or { job: my-job }");
            return Optional.empty();
        }
        String text = yaml.text(key).replace("\r\n", "\n");
        if (text.isBlank()) {
            yaml.error(key, "is empty; write a script, or leave the key out");
            return Optional.empty();
        }
        if (text.startsWith("#!")) {
            yaml.error(
                    key,
                    "has a line #!, but steps are run by bash; put a program of another language into the repository,"
                            + " and call it here");
            return Optional.empty();
        }
        return Optional.of(new Step.Script(text.endsWith("\n") ? text : text + "\n", yaml.textLine(key)));
    }

    private static Optional<Step> job(String key, YamlMapping yaml) {
        YamlMapping mapping = yaml.mapping(key);
        String name = mapping.requiredText("job");
        mapping.refuseOthers();
        if (name != null && !JobName.valid(name)) {
            mapping.error("job", "'" + name + "' is no job name");
            return Optional.empty();
        }
        return Optional.ofNullable(name).map(n -> new Step.Job(n, yaml.line(key)));
    }
}
