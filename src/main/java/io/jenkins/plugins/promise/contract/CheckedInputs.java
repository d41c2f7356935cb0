package io.jenkins.plugins.promise.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Inputs after the check against a contract. */
public final class CheckedInputs {
    private final Map<String, Object> values;
    private final List<Violation> violations;

    CheckedInputs(Map<String, Object> values, List<Violation> violations) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.violations = List.copyOf(violations);
    }

    /** Everything that is wrong; empty if the inputs fit. */
    public List<Violation> violations() {
        return violations;
    }

    /** The same, with more violations. */
    public CheckedInputs with(List<Violation> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Violation> all = new ArrayList<>(violations);
        all.addAll(more);
        return new CheckedInputs(values, all);
    }

    /** The values as a script sees them: Boolean, Long, BigDecimal or String. */
    public Map<String, Object> values() {
        return values;
    }

    /** The values as environment variables and build parameters hold them. */
    public Map<String, String> strings() {
        Map<String, String> strings = new LinkedHashMap<>();
        values.forEach((name, value) ->
                strings.put(name, value instanceof BigDecimal number ? number.toPlainString() : value.toString()));
        return strings;
    }
}
