package io.jenkins.plugins.promise.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The {@code report.json} that settles a promise, as it is sent and stored.
 *
 * @param process the version that ran
 * @param status how it ended
 * @param reason why, one line for people
 * @param data what it found; null for none
 * @param log where the log is, and its end; null for none
 * @param promise which promise this settles
 */
@JsonPropertyOrder({"process", "status", "reason", "data", "log", "promise"})
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Report(
        String process, ReportStatus status, String reason, JsonNode data, ReportLog log, PromiseReference promise) {

    /** The report of an outcome. */
    public static Report of(Outcome outcome, PromiseReference promise) {
        return new Report(
                promise.version(), outcome.status(), outcome.reason(), outcome.data(), outcome.log(), promise);
    }

    /** The outcome in it. */
    public Outcome outcome() {
        return new Outcome(status, reason, data == null || data.isNull() ? null : data, log);
    }

    /**
     * The promise in a report.
     *
     * @param id the promise's id
     * @param job the job's common name
     * @param version the deployed version
     * @param url where its state is told
     * @param accepted when it was accepted
     * @param settled when it was settled
     */
    public record PromiseReference(
            String id, String job, String version, String url, Instant accepted, Instant settled) {}
}
