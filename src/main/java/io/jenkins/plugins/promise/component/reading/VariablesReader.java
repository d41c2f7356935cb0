package io.jenkins.plugins.promise.component.reading;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.component.Variables;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the environments give to a component. */
final class VariablesReader {
    private static final String SECRETS = "SECRETS";
    private static final int MOST_OF_A_VALUE = 10_000;
    private static final Pattern SECRET = Pattern.compile("(?i)(^|.*_)(password|passwd|secret|token|api_?key)(_.*|$)");

    private VariablesReader() {}

    /** By environment, in the file's order. */
    static Map<String, Variables> read(YamlMapping yaml) {
        Map<String, Variables> environments = new LinkedHashMap<>();
        for (String name : yaml.keys()) {
            environments.put(name, variables(yaml.mapping(name), yaml.line(name)));
        }
        return environments;
    }

    private static Variables variables(YamlMapping yaml, int line) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> secrets = new ArrayList<>();
        for (String name : yaml.texts(SECRETS)) {
            Optional<String> problem = ComponentName.variableProblem(name);
            if (problem.isPresent()) {
                yaml.error(SECRETS, "'" + name + "' " + problem.get());
            } else if (secrets.contains(name)) {
                yaml.error(SECRETS, "names " + name + " twice");
            } else {
                secrets.add(name);
            }
        }
        for (String name : yaml.keys()) {
            if (!name.equals(SECRETS)) {
                value(name, secrets, yaml, values);
            }
        }
        return new Variables(values, secrets, line);
    }

    /** Takes a value; a name that cannot be a variable's is told, and goes nowhere. */
    private static void value(String name, List<String> secrets, YamlMapping yaml, Map<String, String> values) {
        Optional<String> problem = ComponentName.variableProblem(name);
        if (problem.isPresent()) {
            yaml.error(name, problem.get());
            return;
        }
        if (!yaml.has(name)) {
            yaml.error(name, "has no value; write '' for an empty one, or put the name under SECRETS");
            return;
        }
        String value = yaml.text(name);
        if (value == null) {
            return;
        }
        if (secrets.contains(name)) {
            yaml.error(name, "is among the SECRETS too: its value must stand in no file");
        } else if (SECRET.matches(name)) {
            yaml.error(name, "looks like a secret, and must stand in no file: SECRETS: [" + name + "]");
        } else if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.length() > MOST_OF_A_VALUE) {
            yaml.error(name, "must be a single line of at most " + MOST_OF_A_VALUE + " characters");
        }
        values.put(name, value);
    }
}
