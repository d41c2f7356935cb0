package io.jenkins.plugins.promise.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A suite that a test writes, file by file. */
public final class SuiteFolder {
    private final Path root;

    public SuiteFolder(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    public SuiteFolder file(String name, String content) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A worker of a bash script; {@code more} are lines of its job file. */
    public SuiteFolder worker(String name, String script, String... more) {
        file("jobs/" + name + "/job.yaml", "kind: worker\nscript: run.sh\n" + String.join("\n", more) + "\n");
        return file("jobs/" + name + "/run.sh", script + "\n");
    }

    /** An orchestration; {@code more} are lines of its job file. */
    public SuiteFolder orchestration(String name, String script, String... more) {
        file(
                "jobs/" + name + "/job.yaml",
                "kind: orchestration\nscript: run.groovy\n" + String.join("\n", more) + "\n");
        return file("jobs/" + name + "/run.groovy", script + "\n");
    }
}
