package io.jenkins.plugins.promise.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an environment gives to a component.
 *
 * @param values by name, in the order of the file
 * @param secrets names whose values stand in no file; whoever releases gives them
 * @param line where the environment stands in the component file
 */
public record Variables(Map<String, String> values, List<String> secrets, int line) {
    /** Copies what it is given. */
    public Variables {
        values = new LinkedHashMap<>(values);
        secrets = new ArrayList<>(secrets);
    }

    /** All names, secret or not, sorted. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(values.keySet());
        names.addAll(secrets);
        return names;
    }
}
