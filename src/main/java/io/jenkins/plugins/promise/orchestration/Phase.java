package io.jenkins.plugins.promise.orchestration;

import io.jenkins.plugins.promise.contract.words.Counted;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A phase as it was declared, and what it tells at its end; {@link PhaseProgress} has the rules by which it goes on.
 *
 * @param number its number in the orchestration, from 1
 * @param name as the script names it
 * @param propagate whether a failed worker makes the phase fail
 * @param failFast whether a failed worker ends the others at once
 * @param single whether it is a worker outside a phase, whose result stands alone
 * @param calls its workers, in the order of their declaration
 * @param fence of the innermost lease under which it runs; 0 for none
 */
public record Phase(
        int number,
        String name,
        boolean propagate,
        boolean failFast,
        boolean single,
        List<WorkerCall> calls,
        long fence)
        implements Serializable {
    private static final List<String> OPTIONS = List.of("propagate", "failFast");

    /** Copies what it is given. */
    public Phase {
        calls = new ArrayList<>(calls);
    }

    /** A phase under no lease. */
    public Phase(int number, String name, boolean propagate, boolean failFast, boolean single, List<WorkerCall> calls) {
        this(number, name, propagate, failFast, single, calls, 0);
    }

    /** The same under a lease. */
    public Phase under(long lease) {
        return new Phase(number, name, propagate, failFast, single, calls, lease);
    }

    /**
     * A phase that declares nothing yet.
     *
     * @throws StepException if an option is unknown or of the wrong kind
     */
    public static Phase declared(int number, String name, Map<?, ?> options) {
        StepArguments given = new StepArguments("phase", options, OPTIONS);
        return new Phase(number, name, given.flag("propagate", true), given.flag("failFast", false), false, List.of());
    }

    /** A worker outside a phase. */
    public static Phase of(int number, WorkerCall call) {
        return new Phase(number, call.name(), true, false, true, List.of(call));
    }

    /**
     * The same with one more worker.
     *
     * @throws StepException if there is one of that name
     */
    public Phase with(WorkerCall call) {
        if (calls.stream().anyMatch(c -> c.name().equals(call.name()))) {
            throw new StepException("the phase '" + name + "' has two workers named '" + call.name()
                    + "'; give one of them another name with as: '…'");
        }
        List<WorkerCall> more = new ArrayList<>(calls);
        more.add(call);
        return new Phase(number, name, propagate, failFast, single, more, fence);
    }

    /** Why the phase fails with these results; nothing if it does not. */
    public Optional<String> failure(Map<String, WorkerResult> results) {
        if (!propagate) {
            return Optional.empty();
        }
        Set<String> ends = calls.stream()
                .filter(c -> !results.get(c.name()).success())
                .map(c -> ended(c.name()))
                .collect(Collectors.toSet());
        List<String> ended = new ArrayList<>();
        Map<String, List<String>> failed = new LinkedHashMap<>();
        for (WorkerCall call : calls) {
            WorkerResult result = results.get(call.name());
            if (failFast && !result.success() && ends.contains(result.outcome().reason())) {
                ended.add("'" + call.name() + "'");
            } else if (!call.optional() && !result.success()) {
                failed.computeIfAbsent(result.outcome().reason(), r -> new ArrayList<>())
                        .add("'" + call.name() + "'");
            }
        }
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        String told = failed.entrySet().stream()
                .map(e -> (e.getValue().size() == 1 ? "worker " : "workers ")
                        + String.join(", ", e.getValue())
                        + " failed: "
                        + e.getKey())
                .collect(Collectors.joining("; "));
        String others = ended.isEmpty() ? "" : "; " + String.join(", ", ended) + " ended with it";
        return Optional.of((single ? "" : "phase '" + name + "': ") + told + others);
    }

    /** What is told of a step that waits, in the body of a phase of that name. */
    public static StepException onlyDeclares(String name) {
        return new StepException(
                "the phase '" + name + "' only declares its workers; every step that waits stands outside it");
    }

    /** What is told of a worker that {@code failFast} ended because of another one. */
    static String ended(String failed) {
        return "worker '" + failed + "' failed";
    }

    /** What the step returns to the script: results by name, or the one result. */
    public Object value(Map<String, WorkerResult> results) {
        Map<String, Object> byName = new LinkedHashMap<>();
        for (WorkerCall call : calls) {
            byName.put(call.name(), results.get(call.name()).toMap());
        }
        return single ? byName.values().iterator().next() : byName;
    }

    /** What is told of an orchestration that reports nothing: how many workers ran in how many phases. */
    public static String told(int workers, int phases) {
        return Counted.of(workers, "worker") + " in " + Counted.of(phases, "phase");
    }

    /** The arguments that the step {@code phase} knows. */
    public static List<String> options() {
        return new ArrayList<>(OPTIONS);
    }
}
