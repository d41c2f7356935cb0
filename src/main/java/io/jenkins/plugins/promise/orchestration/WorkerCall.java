package io.jenkins.plugins.promise.orchestration;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One worker declared in a phase.
 *
 * @param name its name in the phase: {@code as}, or the job
 * @param job a common name or version
 * @param inputs as strings
 * @param retries how often it is tried again after a failure
 * @param optional whether its failure leaves the phase a success
 * @param node the one node it must run on; null for any
 * @param label a label expression; null for the job's own
 */
public record WorkerCall(
        String name, String job, Map<String, String> inputs, int retries, boolean optional, String node, String label)
        implements Serializable {
    private static final List<String> OPTIONS = List.of("job", "inputs", "as", "retries", "optional", "node", "label");
    private static final int MAX_RETRIES = 100;

    /** Copies what it is given. */
    public WorkerCall {
        inputs = new LinkedHashMap<>(inputs);
    }

    /**
     * Reads the arguments of the step {@code worker}.
     *
     * @throws StepException naming the argument that is wrong, and the fix
     */
    public static WorkerCall of(Map<?, ?> arguments) {
        StepArguments given = new StepArguments("worker", arguments, OPTIONS);
        String job = given.text("job");
        if (job == null || job.isEmpty()) {
            throw new StepException("worker needs job: 'name'");
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        given.map("inputs").forEach((name, value) -> {
            if (value instanceof Map || value instanceof Iterable || value instanceof Object[]) {
                throw new StepException("worker '" + job + "': the input " + name
                        + " must be a single value, not a list or map; write it as JSON text if the worker reads JSON");
            }
            if (value != null && !ScriptValue.single(value)) {
                throw new StepException("worker '" + job + "': the input " + name + " is " + ScriptValue.told(value)
                        + "; it must be a text, a number, true or false");
            }
            if (value != null) {
                inputs.put(name.toString(), value.toString());
            }
        });
        String as = given.text("as");
        return new WorkerCall(
                as == null ? job : as,
                job,
                inputs,
                given.number("retries", 0, MAX_RETRIES),
                given.flag("optional", false),
                given.text("node"),
                given.text("label"));
    }

    /** The arguments that the step {@code worker} knows. */
    public static List<String> options() {
        return new ArrayList<>(OPTIONS);
    }
}
