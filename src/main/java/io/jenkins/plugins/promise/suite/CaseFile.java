package io.jenkins.plugins.promise.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.contract.yaml.YamlFile;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A case: a job with inputs, and what its report must hold.
 *
 * @param name the file's name without its ending
 * @param job the job to submit
 * @param inputs as they are submitted
 * @param expect parts of the report that must be there; null for none
 * @param lines the lines of the file's keys, and of those of the inputs as {@code inputs.NAME}
 */
public record CaseFile(
        String name, String job, Map<String, String> inputs, JsonNode expect, Map<String, Integer> lines) {
    private static final List<String> PARTS = List.of("process", "status", "reason", "data", "log", "promise");

    /** Copies what it is given. */
    public CaseFile {
        inputs = new LinkedHashMap<>(inputs);
        lines = new TreeMap<>(lines);
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

    /** What keeps it from being submitted: its job is not in the suite, or would not take its inputs. */
    public List<Finding> problems(Suite suite) {
        List<Finding> problems = new ArrayList<>();
        Suite.SuiteJob called = suite.jobs().get(job);
        if (called == null) {
            if (job != null && !suite.unreadable(job)) {
                problems.add(error(
                        "job",
                        "there is no job '" + job + "' in this suite"
                                + Nearest.hint(job, suite.jobs().keySet())));
            }
            return problems;
        }
        Contract contract = called.file().contract();
        Map<String, String> given = new LinkedHashMap<>(
                FileInputs.resolve(contract, inputs(suite.root().resolve("work")), suite.root()));
        // Who submits a case puts receivers of its own there.
        contract.callbacks().forEach(callback -> given.put(callback.name(), "https://case.invalid/"));
        contract.check(GivenInputs.of(given))
                .violations()
                .forEach(v -> problems.add(error("inputs." + v.field(), v.message())));
        if (expect != null) {
            expect.fieldNames().forEachRemaining(part -> {
                if (!PARTS.contains(part)) {
                    problems.add(error(
                            "expect",
                            "a report has no " + part + Nearest.hint(part, PARTS) + "; it has "
                                    + String.join(", ", PARTS)));
                }
            });
        }
        return problems;
    }

    private Finding error(String field, String message) {
        int line = lines.getOrDefault(field, lines.getOrDefault(field.replaceFirst("\\..*", ""), 0));
        return Finding.error("cases/" + name + ".yaml", line, field, message);
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
        Map<String, Integer> lines = new LinkedHashMap<>(yaml.lines("inputs"));
        yaml.keys().forEach(key -> lines.put(key, yaml.line(key)));
        CaseFile read = new CaseFile(
                fileName.substring(0, fileName.length() - ".yaml".length()),
                yaml.requiredText("job"),
                inputs,
                yaml.json("expect"),
                lines);
        yaml.refuseOthers();
        return read;
    }
}
