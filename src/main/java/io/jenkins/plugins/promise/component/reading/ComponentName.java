package io.jenkins.plugins.promise.component.reading;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.JobName;
import java.util.Optional;
import java.util.Set;

/** What components, environments and their variables may be called. */
final class ComponentName {
    static final int MOST = 60;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,59}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    /** What the generated jobs, the submit URL and the processes of workers need for themselves. */
    private static final Set<String> TAKEN = Set.of(
            "GIT_HASH",
            "ENVIRONMENT",
            "REPORT_RETURN_URL",
            "REGISTRATION_RETURN_URL",
            "token",
            "job",
            "delay",
            "cause",
            "PATH",
            "HOME",
            "BASH_ENV",
            "LD_PRELOAD",
            "LD_LIBRARY_PATH");

    private ComponentName() {}

    /** What is wrong with the name of a component or an environment, which its jobs' names begin with. */
    static Optional<String> problem(String name) {
        return NAME.matches(name) && JobName.valid(name)
                ? Optional.empty()
                : Optional.of(
                        "'" + name + "' is no name: use letters, digits, '.', '_' and '-', a letter first, at most "
                                + MOST + ", and nothing that looks like a version");
    }

    /** What is wrong with the name of a variable. */
    static Optional<String> variableProblem(String name) {
        if (!VARIABLE.matches(name)) {
            return Optional.of("is no variable's name: use letters, digits and _, no digit first");
        }
        return TAKEN.contains(name) || name.startsWith("PROMISE_")
                ? Optional.of("is taken; choose another name")
                : Optional.empty();
    }
}
