package io.jenkins.plugins.promise.component.reading;

import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.component.Step;
import io.jenkins.plugins.promise.component.StepKind;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.suite.script.HostVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the variables that the steps of a component use and that nobody sets: the step would end there. */
final class StepVariables {
    private static final String COMMIT = "GIT_HASH";
    /** What bash sets. */
    private static final Pattern BASH = Pattern.compile(
            "(BASH|COMP)_\\w+|_|BASHPID|COLUMNS|COPROC|DIRSTACK|E?UID|EPOCHREALTIME|EPOCHSECONDS|FUNCNAME|GROUPS|HISTCMD"
                    + "|HOSTTYPE|IFS|LINENO|LINES|MACHTYPE|MAPFILE|OLDPWD|OPTARG|OPTIND|OSTYPE|PIPESTATUS|PPID|PS4|RANDOM|REPLY"
                    + "|SECONDS|SHELLOPTS|SHLVL|SRANDOM");

    private StepVariables() {}

    /** A warning for each, at its line. */
    static List<Finding> problems(Component component) {
        List<Finding> problems = new ArrayList<>();
        component.steps().forEach((kind, step) -> {
            if (step instanceof Step.Script script) {
                // Tests are done for an environment, too, where there is no other script for that.
                boolean environments = kind.ofAnEnvironment() || kind == StepKind.TEST;
                Set<String> given = new TreeSet<>(Set.of(COMMIT));
                given.addAll(component.variables());
                UsedVariables.in(script.text()).stream()
                        .filter(use -> !given.contains(use.name())
                                && !HostVariables.has(use.name())
                                && !BASH.matcher(use.name()).matches())
                        .forEach(use -> problems.add(Finding.warning(
                                component.place().file(),
                                script.line() + use.line(),
                                kind.keyword(),
                                "uses " + use.name() + ", which nothing here sets" + Nearest.hint(use.name(), given)
                                        + "; set it " + (environments ? "under environments or " : "")
                                        + "in the script, or say what stands for it, as in ${" + use.name()
                                        + ":-}, or that its machine has it: # promise: ignore")));
            }
        });
        return problems.stream().distinct().toList();
    }
}
