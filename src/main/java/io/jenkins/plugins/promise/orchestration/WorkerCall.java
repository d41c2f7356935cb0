package io.jenkins.plugins.promise.orchestration;

import io.jenkins.plugins.promise.report.ReportStatus;
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
 * @param files the promises of the workers whose files it is given
 */
public record WorkerCall(
        String name,
        String job,
        Map<String, String> inputs,
        int retries,
        boolean optional,
        String node,
        String label,
        List<String> files)
        implements Serializable {
    private static final String FILES = "files";
    private static final List<String> OPTIONS =
            List.of("job", "inputs", "as", "retries", "optional", "node", "label", FILES);
    private static final int MAX_RETRIES = 100;

    /** Copies what it is given. A program that was suspended before there were files has none. */
    public WorkerCall {
        inputs = new LinkedHashMap<>(inputs);
        files = files == null ? new ArrayList<>() : new ArrayList<>(files);
    }

    /** A call that is given no files. */
    public WorkerCall(
            String name,
            String job,
            Map<String, String> inputs,
            int retries,
            boolean optional,
            String node,
            String label) {
        this(name, job, inputs, retries, optional, node, label, List.of());
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
                given.text("label"),
                files(as == null ? job : as, arguments.get(FILES)));
    }

    /**
     * The promises of the workers whose files a call is given: {@code files: [built.build]}, where each is the result of a
     * worker.
     *
     * @throws StepException if one of them is no result, or that of a worker that failed
     */
    private static List<String> files(String name, Object given) {
        List<String> ids = new ArrayList<>();
        Iterable<?> results = given instanceof Iterable<?> many ? many : given == null ? List.of() : List.of(given);
        for (Object result : results) {
            String id = result instanceof Map<?, ?> map ? producer(name, map) : null;
            if (id == null) {
                throw new StepException(
                        "worker '" + name + "': files must be a list of results of earlier workers, as in"
                                + " files: [built.build], not " + ScriptValue.told(result));
            }
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static String producer(String name, Map<?, ?> result) {
        if (!(result.get(WorkerResult.STATUS) instanceof String status)) {
            return null;
        }
        if (!status.equals(ReportStatus.SUCCESS.name())) {
            throw new StepException("worker '" + name + "': there are no files of a worker that failed: "
                    + result.get(WorkerResult.REASON));
        }
        return result.get(WorkerResult.ID) instanceof String id ? id : null;
    }

    /**
     * The same arguments with no more of the results under {@code files} than is needed: a host that writes arguments down
     * need not write what the workers reported.
     */
    public static Map<String, Object> withShortFiles(Map<String, Object> arguments) {
        if (!(arguments.get(FILES) instanceof Iterable<?> results)) {
            return arguments;
        }
        List<Object> files = new ArrayList<>();
        for (Object result : results) {
            if (result instanceof Map<?, ?> map) {
                Map<Object, Object> needed = new LinkedHashMap<>(map);
                needed.keySet().retainAll(List.of(WorkerResult.ID, WorkerResult.STATUS, WorkerResult.REASON));
                files.add(needed);
            } else {
                files.add(result);
            }
        }
        Map<String, Object> shorter = new LinkedHashMap<>(arguments);
        shorter.put(FILES, files);
        return shorter;
    }

    /** The arguments that the step {@code worker} knows. */
    public static List<String> options() {
        return new ArrayList<>(OPTIONS);
    }
}
