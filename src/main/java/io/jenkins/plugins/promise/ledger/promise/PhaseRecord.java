package io.jenkins.plugins.promise.ledger.promise;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a phase.
 *
 * @param number its number in its orchestration, from 1
 * @param name as the script names it
 * @param started when its workers were queued
 * @param ended null while it runs
 * @param workers in the order of their declaration
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PhaseRecord(int number, String name, Instant started, Instant ended, List<WorkerRecord> workers) {
    /** Copies what it is given. */
    public PhaseRecord {
        workers = workers == null ? new ArrayList<>() : new ArrayList<>(workers);
    }

    /**
     * What is known of a worker in a phase.
     *
     * @param name its name in the phase
     * @param version the version called
     * @param promise the promise of its latest attempt
     * @param attempt from 1
     * @param status SUCCESS or FAILURE; null while it is not settled
     * @param reason null while it is not settled
     * @param seconds from queued to settled; null while it is not settled
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WorkerRecord(
            String name, String version, String promise, int attempt, String status, String reason, Double seconds) {}
}
