package io.jenkins.plugins.promise.local.worker;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What worker processes inherit of the controller's environment: what a program needs to run, and what was named. */
public final class WorkerEnvironment {
    private static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "LANG", "TERM", "TMPDIR", "TZ", "USER", "SHELL", "JAVA_HOME");
    private static final String LOCALE = "LC_";

    private final Map<String, String> variables;

    private WorkerEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * The part of an environment that workers inherit.
     *
     * @param all the controller's environment
     * @param named variables that they get besides the usual ones
     */
    public static WorkerEnvironment of(Map<String, String> all, Collection<String> named) {
        Map<String, String> variables = new HashMap<>(all);
        variables.keySet().removeIf(n -> !INHERITED.contains(n) && !n.startsWith(LOCALE) && !named.contains(n));
        return new WorkerEnvironment(variables);
    }

    /** The variables. */
    public Map<String, String> variables() {
        return new HashMap<>(variables);
    }
}
