package io.jenkins.plugins.promise.component.generation;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.suite.NoOpWorkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What workers answer in generated rehearsals. */
final class Answers {
    static final String FAILS = "fails: it broke";

    private final Path root;

    /** Answers of the jobs of components in that folder. */
    Answers(Path root) {
        this.root = root;
    }

    /** A success of what is no probe: of a job written by hand the data of its no-op report. */
    String good(Component component, StepKind kind) throws IOException {
        Path noOp = root.resolve("jobs").resolve(component.job(kind)).resolve(NoOpWorkers.REPORT);
        if (!Files.isRegularFile(root.resolve("suite.yaml")) || !Files.isRegularFile(noOp)) {
            return "";
        }
        try {
            JsonNode data = Json.mapper().readTree(Files.readAllBytes(noOp)).path("data");
            return data.isMissingNode() ? "" : "data: " + data;
        } catch (JacksonException e) {
            return "";
        }
    }

    /** What a probe tells. */
    static String runs(String commit) {
        return "data: { commit: \"" + commit + "\" }";
    }
}
