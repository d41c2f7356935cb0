package io.jenkins.plugins.promise.suite;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The warnings that the author of a file does not want: those on a line with the comment {@code promise: ignore}, or below
 * a line that is nothing but that comment. What is about the whole file is about its first line. Errors cannot be silenced.
 */
public final class Silenced {
    private static final Pattern HERE = Pattern.compile("(#|//)\\s*promise:\\s*ignore\\b");
    private static final Pattern BELOW = Pattern.compile("\\s*(#|//)\\s*promise:\\s*ignore\\b.*");

    private final Path root;
    private final Map<String, List<String>> files = new HashMap<>();

    private Silenced(Path root) {
        this.root = root;
    }

    /** The findings without what is silenced. */
    public static List<Finding> without(Path root, List<Finding> findings) {
        Silenced silenced = new Silenced(root);
        return findings.stream()
                .filter(f -> !f.warning() || !silenced.at(f.file(), Math.max(1, f.line())))
                .toList();
    }

    private boolean at(String file, int line) {
        List<String> lines = files.computeIfAbsent(file, this::lines);
        return (line <= lines.size() && HERE.matcher(lines.get(line - 1)).find())
                || (line > 1
                        && line - 1 <= lines.size()
                        && BELOW.matcher(lines.get(line - 2)).matches());
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
