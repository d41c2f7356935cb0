package io.jenkins.plugins.promise.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A suite that a test writes, file by file. */
public final class SuiteFolder {
    private static final int HASH_LENGTH = 7;

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

    /** Commits everything in the repository; the commit's hash, shortened. */
    public static String commit(Git git) throws GitAPIException {
        git.add().addFilepattern(".").call();
        return git.commit()
                .setMessage("m")
                .setAuthor("a", "a@example.com")
                .setSign(false)
                .call()
                .abbreviate(HASH_LENGTH)
                .name();
    }

    /** Copies another suite into this folder, but for the files below one of its folders. */
    public SuiteFolder copyOf(Path other, String without) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(other)) {
            files = all.filter(Files::isRegularFile)
                    .filter(f -> without.isEmpty() || !other.relativize(f).startsWith(without))
                    .toList();
        }
        for (Path file : files) {
            Path target = root.resolve(other.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
        return this;
    }
}
