package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.contract.files.FilePattern;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a promise job declares, and the only place where a submission is checked against it.
 *
 * @param inputs by name, in the order of the job file
 * @param outputs a JSON Schema for the report's data; null for any data
 * @param deadline from acceptance to settlement; null for the controller's own
 * @param keep how long builds are kept
 * @param concurrency how many of its builds run at once, on all controllers together; null for any number
 * @param attempts how often it may be started when a machine is lost under it; null for {@link #DEFAULT_ATTEMPTS}
 * @param produces of a worker: which files of its workspace are kept for others, as {@link FilePattern}s
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Contract(
        List<Input> inputs,
        OutputsSchema outputs,
        Duration deadline,
        Keep keep,
        Integer concurrency,
        Integer attempts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> produces) {
    /** How often a job may be started that does not say. */
    public static final int DEFAULT_ATTEMPTS = 3;

    /** The most that {@code attempts} may be. */
    public static final int MAX_ATTEMPTS = 100;

    /** The most that {@code concurrency} may be. */
    public static final int MAX_CONCURRENCY = 1_000_000;

    private static final Duration MAX_DEADLINE = Duration.ofDays(365);

    /** Names that the submit URL uses for itself. */
    static final Set<String> RESERVED = Set.of("token", "job", "delay", "cause");

    /** Copies what it is given. */
    public Contract {
        inputs = inputs == null ? new ArrayList<>() : new ArrayList<>(inputs);
        keep = keep == null ? Keep.ALL : keep;
        produces = produces == null ? new ArrayList<>() : new ArrayList<>(produces);
    }

    /** A contract with any number of builds at once, and as many attempts as usual. */
    public Contract(List<Input> inputs, OutputsSchema outputs, Duration deadline, Keep keep) {
        this(inputs, outputs, deadline, keep, null, null, List.of());
    }

    /** A contract of these inputs and nothing else. */
    public static Contract of(Input... inputs) {
        return new Contract(List.of(inputs), null, null, Keep.ALL);
    }

    /** The same of a worker that leaves no files. */
    public Contract producingNothing() {
        return new Contract(inputs, outputs, deadline, keep, concurrency, attempts, List.of());
    }

    /** How often it may be started, the first time included. */
    public int mostAttempts() {
        return attempts == null ? DEFAULT_ATTEMPTS : attempts;
    }

    /**
     * What is wrong with this contract itself, wherever it came from; each problem names the key of the job file that it
     * is about. Nothing is accepted for a contract that has problems.
     */
    public List<Violation> problems() {
        List<Violation> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Input input : inputs) {
            if (input == null) {
                found.add(new Violation("inputs", "must not hold null"));
                continue;
            }
            if (!names.add(input.name())) {
                found.add(new Violation("inputs." + input.name(), "is declared twice"));
            }
            input.problems().forEach(p -> found.add(p.under("inputs." + input.name())));
        }
        if (outputs != null) {
            outputs.problems().forEach(p -> found.add(p.under("outputs")));
        }
        deadlineProblem(deadline).ifPresent(p -> found.add(new Violation("deadline", p)));
        keep.problems().forEach(p -> found.add(p.under("keep")));
        Keep.range(concurrency, MAX_CONCURRENCY).ifPresent(p -> found.add(new Violation("concurrency", p)));
        Keep.range(attempts, MAX_ATTEMPTS).ifPresent(p -> found.add(new Violation("attempts", p)));
        producesProblems(produces).forEach(p -> found.add(new Violation("produces", p)));
        return found;
    }

    /** What is wrong with the files that a worker produces. */
    public static List<String> producesProblems(List<String> produces) {
        List<String> found = new ArrayList<>();
        for (String pattern : produces) {
            FilePattern.problem(pattern).ifPresent(p -> found.add("'" + pattern + "' " + p));
        }
        if (produces.size() > FilePattern.MOST) {
            found.add("must be at most " + FilePattern.MOST + " patterns");
        }
        return found;
    }

    /** What is wrong with a deadline; null is none. */
    public static Optional<String> deadlineProblem(Duration deadline) {
        if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
            return Optional.of("must be longer than no time at all");
        }
        return deadline != null && deadline.compareTo(MAX_DEADLINE) > 0
                ? Optional.of("must be at most " + MAX_DEADLINE.toDays() + "d")
                : Optional.empty();
    }

    /** The input of that name; null if none is declared. */
    public Input input(String name) {
        return inputs.stream().filter(i -> i.name().equals(name)).findFirst().orElse(null);
    }

    /** The inputs that hold a callback URL. */
    @JsonIgnore
    public List<Input> callbacks() {
        return inputs.stream().filter(i -> i.type() == InputType.CALLBACK).toList();
    }

    /** The names of all inputs. */
    @JsonIgnore
    public List<String> names() {
        return inputs.stream().map(Input::name).toList();
    }

    /**
     * Checks what was given against this contract. An empty value for an input that is not required counts as not
     * given, because that is what an HTML form sends for a field left alone.
     *
     * @return the values, defaults filled in, or every violation
     */
    public CheckedInputs check(GivenInputs given) {
        List<Violation> violations = new ArrayList<>(given.problems());
        for (String name : given.values().keySet()) {
            if (input(name) == null) {
                violations.add(new Violation(name, "is not an input of this job" + Nearest.hint(name, names())));
            }
        }
        Set<String> refused = given.problems().stream().map(Violation::field).collect(Collectors.toSet());
        Map<String, Object> values = new LinkedHashMap<>();
        for (Input input : inputs) {
            String raw = given.values().get(input.name());
            boolean absent = raw == null
                    || (raw.isEmpty() && input.type() != InputType.STRING && input.type() != InputType.TEXT)
                    || (raw.isEmpty() && input.required());
            if (absent) {
                raw = input.defaultValue();
            }
            if (raw == null) {
                if (input.required() && !refused.contains(input.name())) {
                    violations.add(new Violation(input.name(), "is required"));
                }
                continue;
            }
            Reading reading = input.read(raw);
            reading.problem().ifPresent(p -> violations.add(new Violation(input.name(), p)));
            if (reading.problem().isEmpty()) {
                values.put(input.name(), reading.value());
            }
        }
        return new CheckedInputs(values, violations);
    }
}
