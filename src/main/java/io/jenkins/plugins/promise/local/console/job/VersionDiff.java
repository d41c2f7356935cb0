package io.jenkins.plugins.promise.local.console.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.local.console.job.DiffList.FileDiff;
import io.jenkins.plugins.promise.local.console.job.DiffList.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** What is different between two versions of a job, file by file. */
final class VersionDiff {
    private static final int MOST_BYTES = 200_000;
    private static final byte[] NOTHING = {};

    private final VersionStore store;

    VersionDiff(VersionStore store) {
        this.store = store;
    }

    /** The files that are not the same, in the order of their names. */
    List<FileDiff> between(Deployed from, Deployed to) throws IOException {
        Map<String, byte[]> before = contents(from);
        Map<String, byte[]> after = contents(to);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<FileDiff> different = new ArrayList<>();
        for (String name : names) {
            byte[] one = before.getOrDefault(name, NOTHING);
            byte[] other = after.getOrDefault(name, NOTHING);
            if (!Arrays.equals(one, other)) {
                String change = !before.containsKey(name) ? "new" : after.containsKey(name) ? "changed" : "removed";
                different.add(new FileDiff(name, change, lines(one, other)));
            }
        }
        return different;
    }

    private Map<String, byte[]> contents(Deployed version) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        contents.put("(contract)", contract(version));
        Path folder = store.files(version);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        if (version.kind() == JobKind.ORCHESTRATION) {
            for (ScriptSource.Part part : store.source(version).parts()) {
                contents.put(part.file(), part.text().getBytes(StandardCharsets.UTF_8));
            }
        }
        return contents;
    }

    private static byte[] contract(Deployed version) throws JsonProcessingException {
        return Json.mapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(Map.of("contract", version.contract(), "uses", version.uses()))
                .concat("\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<Line> lines(byte[] before, byte[] after) throws IOException {
        if (before.length > MOST_BYTES || after.length > MOST_BYTES) {
            return List.of(
                    new Line("hunk", "too large to be shown: " + before.length + " bytes, then " + after.length));
        }
        if (RawText.isBinary(before) || RawText.isBinary(after)) {
            return List.of(new Line("hunk", "no text: " + before.length + " bytes, then " + after.length));
        }
        RawText one = new RawText(before);
        RawText other = new RawText(after);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, one, other), one, other);
        }
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(l -> new Line(kind(l), l))
                .toList();
    }

    private static String kind(String line) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> "added";
            case '-' -> "removed";
            case '@' -> "hunk";
            default -> "same";
        };
    }
}
