package io.jenkins.plugins.promise.cli.completion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a suite has, by the names of its files alone: a suite that is being written is often not right. */
final class SuiteNames {
    private static final String FILE = ".yaml";

    private final Path folder;

    SuiteNames(String folder) {
        this.folder = Path.of(atHome(folder));
    }

    /** A path as the shell would have given it. */
    static String atHome(String path) {
        return path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
    }

    List<String> jobs() throws IOException {
        return names(folder.resolve("jobs"), "");
    }

    List<String> cases() throws IOException {
        return names(folder.resolve("cases"), FILE);
    }

    /** As {@code JOB/NAME}. */
    List<String> rehearsals() throws IOException {
        Path rehearsals = folder.resolve("rehearsals");
        if (!Files.isDirectory(rehearsals)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(rehearsals, 2)) {
            return files.filter(f -> f.toString().endsWith(FILE))
                    .map(f -> rehearsals.relativize(f).toString())
                    .map(f -> f.substring(0, f.length() - FILE.length()))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> names(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(ending))
                    .map(f -> f.substring(0, f.length() - ending.length()))
                    .sorted()
                    .toList();
        }
    }
}
