package io.jenkins.plugins.promise.suite;

import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the inputs that a job declares and whose names stand nowhere in what it runs. Callbacks are used by the controller;
 * and who takes the inputs as a whole may use any.
 */
final class UnusedInputs {
    private static final Pattern AS_A_WHOLE = Pattern.compile(
            "\\b(inputs|params|env)\\b(?!\\s*(\\?\\.|\\.(?!each|collect|find|any|every|key|value|entry)|\\[|:))");

    private final Suite suite;
    private final SuiteReader reader;

    UnusedInputs(Suite suite, SuiteReader reader) {
        this.suite = suite;
        this.reader = reader;
    }

    /** A warning for each; none where a file cannot be read, which is told elsewhere. */
    List<Finding> of(Suite.SuiteJob job) {
        List<Input> unused = new ArrayList<>(job.file().contract().inputs());
        unused.removeIf(i -> i.type() == InputType.CALLBACK);
        try {
            if (job.file().kind() == JobKind.ORCHESTRATION) {
                String text = reader.source(suite, job).text();
                unused.removeIf(i -> AS_A_WHOLE.matcher(text).find() || stands(i.name(), text));
            } else if (!unused.isEmpty()) {
                for (Path file : files(job)) {
                    // A worker may come with programs and data; their names are found in any bytes.
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    unused.removeIf(i -> stands(i.name(), text));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return unused.stream()
                .map(i -> Finding.warning(
                        job.file().lines().file(),
                        job.file().lines().inputs().getOrDefault(i.name(), 0),
                        "inputs." + i.name(),
                        "is used nowhere in " + job.file().script()))
                .toList();
    }

    private static boolean stands(String name, String text) {
        return Pattern.compile("(?<![A-Za-z0-9_])" + name + "(?![A-Za-z0-9_])")
                .matcher(text)
                .find();
    }

    private List<Path> files(Suite.SuiteJob job) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> own = Files.walk(suite.root().resolve(job.folder()))) {
            own.filter(Files::isRegularFile)
                    .filter(f -> !f.getFileName().toString().startsWith("job."))
                    .forEach(files::add);
        }
        job.file().files().forEach(f -> files.add(suite.root().resolve(f)));
        return files;
    }
}
