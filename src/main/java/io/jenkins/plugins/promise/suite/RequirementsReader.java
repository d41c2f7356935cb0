package io.jenkins.plugins.promise.suite;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.util.Map;
import java.util.TreeMap;

/** Reads which tools are required, in which version each, as components and farms say it. */
public final class RequirementsReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.+_-]{0,59}");

    private final Pattern version;
    private final String otherwise;

    /**
     * A reader.
     *
     * @param version what may be required of a tool
     * @param otherwise what is said of anything else
     */
    public RequirementsReader(Pattern version, String otherwise) {
        this.version = version;
        this.otherwise = otherwise;
    }

    /** Versions by the names of tools; what cannot be used is told, and left out. */
    public Map<String, String> read(YamlMapping yaml) {
        Map<String, String> requires = new TreeMap<>();
        for (String name : yaml.keys()) {
            String required = yaml.requiredText(name);
            if (!NAME.matches(name)) {
                yaml.error(name, "is no requirement's name: use small letters, digits, '.', '_', '+' and '-'");
            } else if (required != null && !version.matches(required)) {
                yaml.error(name, otherwise);
            } else if (required != null) {
                requires.put(name, required);
            }
        }
        return requires;
    }
}
