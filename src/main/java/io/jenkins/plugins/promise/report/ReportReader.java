package io.jenkins.plugins.promise.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.MalformedJson;
import io.jenkins.plugins.promise.contract.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code report.json} that a worker wrote. Whatever is in the file, there is an outcome. */
public final class ReportReader {
    /** The file's name in the workspace. */
    public static final String FILE = "report.json";
    /** How many bytes a report may have unless configured otherwise. */
    public static final int DEFAULT_MAX_BYTES = 1 << 20;

    private static final int MAX_LOG_LINES = 200;

    private final int maxBytes;
    // The file's object lies around the data.
    private final StrictJson json = new StrictJson(Outcome.MAX_DEPTH + 1);

    /** A reader that takes files of at most so many bytes. */
    public ReportReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The outcome of a build that may have written a report into its workspace.
     *
     * @param workspace the folder in which the build ran
     * @param result how the build itself ended
     */
    public Outcome read(Path workspace, BuildResult result) {
        return read(ReportFile.read(workspace, FILE, maxBytes), result);
    }

    /**
     * The outcome of a build that may have written a report.
     *
     * @param result how the build itself ended
     */
    public Outcome read(ReportFile file, BuildResult result) {
        if (file.missing()) {
            return missing(result);
        }
        return file.problem()
                .map(problem -> broken(problem, result))
                .orElseGet(() -> content(file.content().orElseThrow(), result));
    }

    /** The outcome where there is no file: it follows from the build. */
    public Outcome missing(BuildResult result) {
        return new Outcome(result.status(), result.reason() + ", no " + FILE, null, null);
    }

    /**
     * The outcome of a file's content; of more than the cap, no more than one byte is read.
     *
     * @throws IOException if the stream breaks
     */
    public Outcome read(InputStream in, BuildResult result) throws IOException {
        return content(in.readNBytes(maxBytes + 1), result);
    }

    private Outcome content(byte[] bytes, BuildResult result) {
        if (bytes.length > maxBytes) {
            return broken("is larger than " + maxBytes + " bytes", result);
        }
        try {
            return outcome(json.tree(bytes), result);
        } catch (MalformedJson e) {
            return broken(e.getMessage(), result);
        }
    }

    private Outcome outcome(JsonNode root, BuildResult result) {
        if (!root.isObject()) {
            return broken("must be a JSON object", result);
        }
        ReportStatus status = result.status();
        JsonNode statusNode = root.path("status");
        if (!statusNode.isMissingNode()) {
            switch (statusNode.asText()) {
                case "SUCCESS" -> status = ReportStatus.SUCCESS;
                case "FAILURE" -> status = ReportStatus.FAILURE;
                default -> {
                    return broken("has a status that is neither \"SUCCESS\" nor \"FAILURE\"", result);
                }
            }
        }
        JsonNode reasonNode = root.path("reason");
        if (!reasonNode.isMissingNode() && !reasonNode.isNull() && !reasonNode.isTextual()) {
            return broken("has a reason that is not text", result);
        }
        String reason = reasonNode.isTextual() ? reasonNode.asText() : result.reason();
        if (status == ReportStatus.SUCCESS && !result.success()) {
            status = ReportStatus.FAILURE;
            reason = result.reason() + " after reporting SUCCESS: " + reason;
        }
        JsonNode log = root.path("log");
        if (!log.isMissingNode() && !log.isNull() && !log.isObject()) {
            return broken("has a log that is not an object of url, tail and truncated", result);
        }
        return new Outcome(status, reason, root.get("data"), log.isObject() ? log(log) : null);
    }

    private static ReportLog log(JsonNode node) {
        List<String> tail = new ArrayList<>();
        node.path("tail").forEach(line -> tail.add(line.asText()));
        boolean cut = tail.size() > MAX_LOG_LINES;
        return new ReportLog(
                node.path("url").isTextual() ? node.path("url").asText() : null,
                cut ? tail.subList(tail.size() - MAX_LOG_LINES, tail.size()) : tail,
                cut || node.path("truncated").asBoolean());
    }

    private static Outcome broken(String problem, BuildResult result) {
        return Outcome.failure(FILE + " " + problem + (result.success() ? "" : " (" + result.reason() + ")"));
    }
}
