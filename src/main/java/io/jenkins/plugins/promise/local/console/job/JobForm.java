package io.jenkins.plugins.promise.local.console.job;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form of a job, made from its contract. */
final class JobForm {
    private final Contract contract;

    JobForm(Contract contract) {
        this.contract = contract;
    }

    /**
     * Its fields.
     *
     * @param given what was typed into them before
     */
    List<Field> fields(Map<String, String> given, List<Violation> violations) {
        return contract.inputs().stream()
                .map(i -> Field.of(i, given.get(i.name()), violations))
                .toList();
    }

    /** What a browser has sent, as it was meant: a field that was left alone is not given, and a line ends as in a file. */
    GivenInputs inputs(GivenInputs sent) {
        Map<String, String> values = new LinkedHashMap<>();
        sent.values().forEach((name, value) -> {
            Input input = contract.input(name);
            boolean leftAlone = value.isEmpty() && input != null && input.defaultValue() == null;
            if (!leftAlone) {
                values.put(name, input != null && input.type() == InputType.TEXT ? value.replace("\r\n", "\n") : value);
            }
        });
        return new GivenInputs(values, sent.problems());
    }
}
