package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.suite.NoOpWorkers;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The suite that a command compiles into a bundle. */
public final class BundleArgument {
    @Mixin
    private SuiteArgument suite;

    @Option(
            names = "--dirty",
            description = "Take the files as they are, also where they are not committed; the versions are then named"
                    + " NAME-dev-CONTENT.")
    private boolean dirty;

    @Option(
            names = "--no-op",
            arity = "0..1",
            fallbackValue = "",
            split = ",",
            paramLabel = "WORKERS",
            description = "These workers (all if none is named: --no-op=) answer with jobs/NAME/no-op.json instead of"
                    + " working; their versions, and those of what uses them, are marked with -noop.")
    private List<String> noOp;

    /** Compiles; what is wrong or worth a look goes to {@code err} or into the failure. */
    public Bundle compile(PrintWriter err) throws IOException {
        Suite read = suite.readGood(err);
        SuiteCompiler compiler = new SuiteCompiler(new SuiteReader(suite.compiler()), System.getenv());
        boolean numbered = numbered(read, compiler);
        missingTokens(read)
                .forEach((job, variable) -> err.println("warning: " + job + ": the variable " + variable
                        + " is not set, so that this gives nobody a token for it; a token that is deployed stays"));
        err.flush();
        NoOpWorkers chosen = chosen(read);
        List<Finding> problems = chosen.problems(read);
        if (!problems.isEmpty()) {
            throw CommandFailure.of(problems);
        }
        return compiler.compile(read, chosen, numbered);
    }

    /** Whether {@code --components} was given. */
    public boolean componentsNamed() {
        return suite.componentsNamed();
    }

    /** The environments that its components are released to; none of a suite that is made of none. */
    public List<EnvironmentRules> environments() throws IOException {
        return suite.environments();
    }

    /** What a controller must know of its components to build them when they change; none of a suite that is made of none. */
    public List<WatchedComponent> watched() throws IOException {
        return suite.watched();
    }

    /** What is made of components is named after its content: another promise may make another suite of a commit. */
    private boolean numbered(Suite read, SuiteCompiler compiler) throws IOException {
        if (suite.fromComponents()) {
            return false;
        }
        Optional<String> uncommitted = compiler.uncommitted(read);
        if (uncommitted.isPresent() && !dirty) {
            throw new CommandFailure(ExitCode.USAGE, uncommitted.get() + "\nor take the files as they are: --dirty");
        }
        return uncommitted.isEmpty();
    }

    private NoOpWorkers chosen(Suite read) {
        if (noOp == null) {
            return NoOpWorkers.NONE;
        }
        return noOp.equals(List.of("")) ? NoOpWorkers.all(read) : new NoOpWorkers(new TreeSet<>(noOp));
    }

    private static Map<String, String> missingTokens(Suite suite) {
        Map<String, String> missing = new TreeMap<>();
        suite.jobs().forEach((name, job) -> {
            String variable = job.file().tokenVariable();
            if (variable != null && System.getenv(variable) == null) {
                missing.put(name, variable);
            }
        });
        return missing;
    }
}
