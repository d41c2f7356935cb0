package io.jenkins.plugins.promise.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.OutputsSchema;
import io.jenkins.plugins.promise.contract.json.JsonShape;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a promise is settled with.
 *
 * @param status never null
 * @param reason one line for people, never null
 * @param data null for none
 * @param log null for none
 */
public record Outcome(ReportStatus status, String reason, JsonNode data, ReportLog log) {
    /** How many objects and arrays may lie in one another in a report's data. */
    public static final int MAX_DEPTH = 100;

    /** Checks that the required parts are there. */
    public Outcome {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
    }

    /** A failure without data. */
    public static Outcome failure(String reason) {
        return new Outcome(ReportStatus.FAILURE, reason, null, null);
    }

    /**
     * The failure of what was not settled in time.
     *
     * @param limit from accepted to settled
     * @param state what it was doing: {@code running}, {@code in the queue}
     */
    public static Outcome deadlinePassed(Duration limit, String state) {
        return failure("the deadline of " + told(limit) + " passed while it was " + state);
    }

    private static String told(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** A success. */
    public static Outcome success(String reason, JsonNode data) {
        return new Outcome(ReportStatus.SUCCESS, reason, data, null);
    }

    /** The same with that log, unless it has one. */
    public Outcome withLog(ReportLog other) {
        return log != null ? this : new Outcome(status, reason, data, other);
    }

    /**
     * A success whose data does not match the contract's {@code outputs} is a failure that names the path, and data that
     * are nested deeper than {@value #MAX_DEPTH} levels are a failure without data; anything else stays as it is.
     *
     * @param outputs null for any data
     */
    public Outcome checkedAgainst(OutputsSchema outputs) {
        if (data != null && JsonShape.of(data).depth() > MAX_DEPTH) {
            return new Outcome(
                    ReportStatus.FAILURE,
                    "the report's data are nested deeper than " + MAX_DEPTH + " levels",
                    null,
                    log);
        }
        if (outputs == null || status == ReportStatus.FAILURE) {
            return this;
        }
        List<String> wrong = outputs.check(data);
        if (wrong.isEmpty()) {
            return this;
        }
        return new Outcome(
                ReportStatus.FAILURE, "the report does not match the contract: " + String.join("; ", wrong), data, log);
    }
}
