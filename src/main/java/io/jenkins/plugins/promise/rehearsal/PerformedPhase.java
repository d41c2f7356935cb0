package io.jenkins.plugins.promise.rehearsal;

import java.util.ArrayList;
import java.util.List;

/**
 * A phase as a rehearsal ran it.
 *
 * @param name as the script names it
 * @param calls each attempt at each worker, in the order of their answers
 */
public record PerformedPhase(String name, List<Call> calls) {
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
     */
    public record Call(String worker, String status, String reason) {}
}
