package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a promise job declares, and the only place where a submission is checked against it.
 *
 * @param inputs by name, in the order of the job file
 * @param outputs a JSON Schema for the report's data; null for any data
 * @param deadline from acceptance to settlement; null for the controller's own
 * @param keep how long builds are kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Contract(List<Input> inputs, JsonNode outputs, Duration deadline, Keep keep) {
    /** Names that the submit URL uses for itself. */
    static final Set<String> RESERVED = Set.of("token", "job", "delay", "cause");

    /** Copies what it is given. */
    public Contract {
        inputs = inputs == null ? new ArrayList<>() : new ArrayList<>(inputs);
        keep = keep == null ? Keep.ALL : keep;
    }

    /** A contract of these inputs and nothing else. */
    public static Contract of(Input... inputs) {
        return new Contract(List.of(inputs), null, null, Keep.ALL);
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
                if (input.required()) {
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
