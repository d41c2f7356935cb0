package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.suite.CaseFile;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The suite that a command works on. */
public final class SuiteArgument {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SUITE",
            defaultValue = ".",
            description = {
                "The suite's folder (default: this one).",
                "One with an environments file is a folder of components, as if --components named it."
            })
    private Path folder;

    @Option(
            names = "--components",
            paramLabel = "FOLDER",
            description =
                    "Instead of a suite: the one that is made of the components in this folder (as promise component"
                            + " generate makes it).")
    private Path components;

    private GeneratedFolder generated;

    private final OrchestrationCompiler compiler = new OrchestrationCompiler();

    /** What compiles the suite's orchestrations. */
    public OrchestrationCompiler compiler() {
        return compiler;
    }

    /** The suite's folder; one that goes away with this process if the suite is made of components. */
    public Path folder() throws IOException {
        if (components == null && !besideEnvironments()) {
            return folder;
        }
        if (components != null && spec.commandLine().getParseResult().hasMatchedPositional(0)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "give a suite, " + folder + ", or --components " + components + ", not both");
        }
        if (generated == null) {
            generated = GeneratedFolder.of(
                    components == null ? folder : components, spec.commandLine().getErr());
        }
        return generated.path();
    }

    /** Whether {@code --components} was given. */
    boolean componentsNamed() {
        return components != null;
    }

    /** Whether the suite is made of components, so that it is written by nobody and is in no git tree. */
    public boolean fromComponents() {
        return components != null || besideEnvironments();
    }

    private boolean besideEnvironments() {
        return ComponentsReader.tellsEnvironments(folder);
    }

    /** The environments that its components are released to; none of a suite that is made of none. */
    public List<EnvironmentRules> environments() throws IOException {
        folder();
        return generated == null ? List.of() : generated.components().rules();
    }

    /** What a controller must know of its components to build them when they change; none of a suite that is made of none. */
    public List<WatchedComponent> watched() throws IOException {
        folder();
        return generated == null ? List.of() : generated.components().watched();
    }

    /** The components that a suite is made of that is {@link #fromComponents}. */
    public Components components() throws IOException {
        folder();
        return generated.components();
    }

    /** Reads the suite. */
    public Suite read() throws IOException {
        return new SuiteReader(compiler).read(folder());
    }

    /** The suite, if nothing in it is wrong; warnings go to {@code err}. */
    public Suite readGood(PrintWriter err) throws IOException {
        return good(new SuiteReader(compiler), folder(), err);
    }

    /** The suite in a folder, if nothing in it is wrong; warnings go to {@code err}. */
    public static Suite good(SuiteReader reader, Path folder, PrintWriter err) throws IOException {
        Suite suite = reader.read(folder);
        if (!suite.errors().isEmpty()) {
            throw CommandFailure.of(suite.errors());
        }
        suite.findings().forEach(err::println);
        return suite;
    }

    /** The suite's cases, if nothing in them is wrong. */
    public static List<CaseFile> cases(Suite suite) throws IOException {
        List<Finding> findings = new ArrayList<>();
        List<CaseFile> cases = CaseFile.all(suite.root(), findings);
        if (!findings.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, findings.get(0).toString());
        }
        return cases;
    }

    /** The failure of a case that is not among those. */
    public static CommandFailure noCase(String name, List<CaseFile> cases) {
        List<String> names = cases.stream().map(CaseFile::name).toList();
        return new CommandFailure(
                ExitCode.USAGE,
                "there is no case '" + name + "'" + Nearest.hint(name, names)
                        + (names.isEmpty() ? "" : "; there are: " + String.join(", ", names)));
    }

    Bundle bundle(Suite suite) throws IOException {
        return new SuiteCompiler(new SuiteReader(compiler), System.getenv()).compile(suite);
    }
}
