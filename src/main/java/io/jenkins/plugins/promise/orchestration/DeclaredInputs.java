package io.jenkins.plugins.promise.orchestration;

import io.jenkins.plugins.promise.contract.yaml.Nearest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The inputs as a script sees them: null where none was given, and an error for a name that is not declared. */
public final class DeclaredInputs extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1;

    /**
     * The inputs of a build.
     *
     * @param declared all names
     * @param given the values there are
     */
    public DeclaredInputs(Collection<String> declared, Map<String, Object> given) {
        declared.forEach(name -> put(name, given.get(name)));
    }

    @Override
    public Object get(Object name) {
        if (!containsKey(name)) {
            throw new StepException("there is no input '" + name + "'" + Nearest.hint(String.valueOf(name), keySet())
                    + "; declare it under inputs: in job.yaml");
        }
        return super.get(name);
    }
}
