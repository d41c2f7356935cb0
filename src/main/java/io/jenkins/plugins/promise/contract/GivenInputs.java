package io.jenkins.plugins.promise.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Inputs as they were given, before the check.
 *
 * @param values by name, in the order given
 * @param problems what is wrong with the way they were given: a name given twice, a value that is no scalar
 */
public record GivenInputs(Map<String, String> values, List<Violation> problems) {
    /** Copies what it is given. */
    public GivenInputs {
        values = new LinkedHashMap<>(values);
        problems = new ArrayList<>(problems);
    }

    /** Values that were given one by one. */
    public static GivenInputs of(Map<String, String> values) {
        return new GivenInputs(values, List.of());
    }

    /** The same without the names that a submit URL uses for itself. */
    public GivenInputs withoutReserved() {
        GivenInputs rest = this;
        for (String name : Contract.RESERVED) {
            rest = rest.without(name);
        }
        return rest;
    }

    /** The same without that name. */
    public GivenInputs without(String name) {
        if (!values.containsKey(name)) {
            return this;
        }
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.remove(name);
        return new GivenInputs(rest, problems);
    }
}
