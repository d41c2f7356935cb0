package io.jenkins.plugins.promise.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.YamlFile;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A case: a job with inputs, and what its report must hold.
 *
 * @param name the file's name without its ending
 * @param job the job to submit
 * @param inputs as they are submitted
 * @param expect parts of the report that must be there; null for none
 */
public record CaseFile(String name, String job, Map<String, String> inputs, JsonNode expect) {
    /** Copies what it is given. */
    public CaseFile {
        inputs = new LinkedHashMap<>(inputs);
    }

    /** The cases of a suite, by name. */
    public static List<CaseFile> all(Path suite, List<Finding> findings) throws IOException {
        Path folder = suite.resolve("cases");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".yaml"))
                    .sorted()
                    .map(f -> read(f, findings))
                    .toList();
        }
    }

    /** That its job is not in the suite; nothing if it is. */
    public Optional<Finding> unknownJob(Suite suite) {
        return job == null || suite.jobs().containsKey(job)
                ? Optional.empty()
                : Optional.of(Finding.error(
                        "cases/" + name + ".yaml", 0, "job", "there is no job '" + job + "' in this suite"));
    }

    /** The inputs of a run that has a folder of its own, which they call {@code ${work}}. */
    public Map<String, String> inputs(Path work) {
        Map<String, String> given = new LinkedHashMap<>();
        inputs.forEach((input, value) ->
                given.put(input, value.replace("${work}", work.toAbsolutePath().toString())));
        return given;
    }

    private static CaseFile read(Path file, List<Finding> findings) {
        String fileName = file.getFileName().toString();
        YamlMapping yaml = YamlFile.read(file, "cases/" + fileName, findings);
        YamlMapping given = yaml.mapping("inputs");
        Map<String, String> inputs = new LinkedHashMap<>();
        for (String name : given.keys()) {
            if (given.has(name)) {
                inputs.put(name, given.text(name));
            }
        }
        CaseFile read = new CaseFile(
                fileName.substring(0, fileName.length() - ".yaml".length()),
                yaml.requiredText("job"),
                inputs,
                yaml.json("expect"));
        yaml.refuseOthers();
        return read;
    }
}
