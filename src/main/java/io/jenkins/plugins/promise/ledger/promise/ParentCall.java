package io.jenkins.plugins.promise.ledger.promise;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;

/**
 * The call in an orchestration that a promise was accepted for.
 *
 * @param promise the orchestration's promise
 * @param phase the phase's number in its orchestration, from 1
 * @param index the worker's place in its phase, from 0
 * @param worker the worker's name in its phase
 * @param attempt from 1; more after a retry
 * @param node the one node it must run on; null for any
 * @param label a label expression; null for the job's own
 * @param files the promises of the workers whose files it is given
 * @param fence of the environment's lease under which it is called; 0 for none
 */
public record ParentCall(
        String promise,
        int phase,
        int index,
        String worker,
        int attempt,
        String node,
        String label,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> files,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long fence) {
    /** How many levels of calls an id can hold; see {@link PromiseId}. */
    public static final int MOST_LEVELS = 5;

    private static final int DASHES_A_LEVEL = 3;

    /** Copies what it is given; named for Jackson, which is not to choose between the two. */
    @JsonCreator
    public ParentCall {
        files = files == null ? new ArrayList<>() : new ArrayList<>(files);
    }

    /** A call that is given no files, under no lease. */
    public ParentCall(String promise, int phase, int index, String worker, int attempt, String node, String label) {
        this(promise, phase, index, worker, attempt, node, label, List.of(), 0);
    }

    /**
     * The id of the promise for this call: the same whenever it is made, so that a finished worker is found again. What was
     * done under another lease was done to another state of the environment, and is no answer.
     */
    public String id() {
        return promise + "-" + phase + (fence == 0 ? "" : "f" + fence) + "-" + index + "-" + attempt;
    }

    /** How many calls lead to this one, itself included: 1 in an orchestration that was submitted from outside. */
    public int level() {
        return 1 + (int) promise.chars().filter(c -> c == '-').count() / DASHES_A_LEVEL;
    }
}
