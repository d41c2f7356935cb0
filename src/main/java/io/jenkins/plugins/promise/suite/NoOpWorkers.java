package io.jenkins.plugins.promise.suite;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.io.ByteSource;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.file.JobFile;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.report.BuildResult;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportReader;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Workers that answer with a canned report, {@code jobs/NAME/no-op.json}, instead of working; without that file with a
 * success that says nothing.
 *
 * @param names their common names
 */
public record NoOpWorkers(Set<String> names) {
    /** The canned report's file in a job's folder. */
    public static final String REPORT = "no-op.json";
    /** Every worker works. */
    public static final NoOpWorkers NONE = new NoOpWorkers(Set.of());

    private static final BuildResult GOOD = new BuildResult(true, "no-op");

    static final String SCRIPT = "no-op.sh";

    private static final String MARK = "-noop";
    private static final int HASH_LENGTH = 7;

    /** Copies what it is given. */
    public NoOpWorkers {
        names = new TreeSet<>(names);
    }

    /** All workers of a suite. */
    public static NoOpWorkers all(Suite suite) {
        Set<String> names = new TreeSet<>(suite.jobs().keySet());
        names.removeIf(n -> suite.jobs().get(n).file().kind() != JobKind.WORKER);
        return new NoOpWorkers(names);
    }

    /** What keeps them from being compiled: a name that is no worker's, a report that the contract does not allow. */
    public List<Finding> problems(Suite suite) throws IOException {
        List<Finding> problems = new ArrayList<>();
        for (String name : names) {
            Suite.SuiteJob job = suite.jobs().get(name);
            if (job == null || job.file().kind() != JobKind.WORKER) {
                problems.add(Finding.error(
                        "jobs",
                        0,
                        "",
                        "there is no worker '" + name + "' in this suite"
                                + Nearest.hint(name, all(suite).names())));
                continue;
            }
            Path file = suite.root().resolve(job.folder()).resolve(REPORT);
            Outcome outcome = new ReportReader(ReportReader.DEFAULT_MAX_BYTES).read(reportOf(file), GOOD);
            Outcome checked = outcome.checkedAgainst(job.file().contract().outputs());
            boolean wrong = outcome.status() == ReportStatus.SUCCESS && checked.status() == ReportStatus.FAILURE;
            if (wrong || unreadable(file)) {
                problems.add(Finding.error(
                        job.folder() + "/" + REPORT,
                        0,
                        "",
                        (Files.exists(file) ? "" : "is missing, and a report without it does not do: ")
                                + checked.reason()));
            }
        }
        return problems;
    }

    private static boolean unreadable(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            JsonNode read = Json.mapper().readTree(Files.readAllBytes(file));
            return !(read instanceof ObjectNode);
        } catch (JacksonException e) {
            return true;
        }
    }

    private static InputStream reportOf(Path file) throws IOException {
        return Files.exists(file) ? Files.newInputStream(file) : new ByteArrayInputStream(done());
    }

    private static byte[] done() {
        return "{\"status\": \"SUCCESS\", \"reason\": \"no-op\"}\n".getBytes(StandardCharsets.UTF_8);
    }

    /** A worker's contract: one that only answers leaves no files. */
    Contract contract(JobFile file) {
        return names.contains(file.name()) ? file.contract().producingNothing() : file.contract();
    }

    /** A worker's script: its own, or the one that answers. */
    String script(JobFile file) {
        return names.contains(file.name()) ? SCRIPT : file.script();
    }

    /** A worker's files: its own, or what it needs to answer. */
    Map<String, ByteSource> files(JobFile file, Map<String, ByteSource> own) throws IOException {
        if (!names.contains(file.name())) {
            return own;
        }
        Map<String, ByteSource> files = new TreeMap<>();
        try (InputStream in = NoOpWorkers.class.getResourceAsStream(SCRIPT)) {
            files.put(SCRIPT, ByteSource.wrap(in.readAllBytes()));
        }
        files.put(REPORT, own.getOrDefault(REPORT, ByteSource.wrap(done())));
        return files;
    }

    /**
     * What a version's name must end with: nothing, or the mark of a no-op worker, or that of a job which uses some, with
     * a hash because a commit does not say which.
     */
    String suffix(String name, Map<String, String> uses, String content) {
        if (names.contains(name)) {
            return MARK;
        }
        return uses.values().stream().anyMatch(v -> v.contains(MARK))
                ? MARK + "-" + content.substring(0, HASH_LENGTH)
                : "";
    }
}
