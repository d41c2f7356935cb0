package io.jenkins.plugins.promise.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A phase as a rehearsal ran it.
 *
 * @param name as the script names it
 * @param begun when, from the beginning of the rehearsal
 * @param calls each attempt at each worker, in the order of their answers
 */
public record PerformedPhase(String name, Duration begun, List<Call> calls) {
    /** Copies what it is given. */
    public PerformedPhase {
        calls = new ArrayList<>(calls);
    }

    /**
     * One attempt at a worker.
     *
     * @param worker its name in the phase
     * @param status {@code SUCCESS}, {@code FAILURE}, or {@code …} while it was not answered
     * @param reason why
     * @param answered when, from the beginning of the rehearsal; null while it was not
     */
    public record Call(String worker, String status, String reason, Duration answered) {}
}
