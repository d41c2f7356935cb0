package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.CaseFile;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** The suite that a command works on. */
final class SuiteArgument {
    @Parameters(
            arity = "0..1",
            paramLabel = "SUITE",
            defaultValue = ".",
            description = "The suite's folder (default: this one).")
    private Path folder;

    private final OrchestrationCompiler compiler = new OrchestrationCompiler();

    OrchestrationCompiler compiler() {
        return compiler;
    }

    Path folder() {
        return folder;
    }

    Suite read() {
        return new SuiteReader(compiler).read(folder());
    }

    /** The suite, if nothing in it is wrong; warnings go to {@code err}. */
    Suite readGood(PrintWriter err) {
        Suite suite = read();
        if (!suite.errors().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    suite.errors().stream().map(Finding::toString).collect(Collectors.joining("\n")));
        }
        suite.findings().forEach(err::println);
        return suite;
    }

    /** The suite's cases, if nothing in them is wrong. */
    static List<CaseFile> cases(Suite suite) throws IOException {
        List<Finding> findings = new ArrayList<>();
        List<CaseFile> cases = CaseFile.all(suite.root(), findings);
        if (!findings.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, findings.get(0).toString());
        }
        return cases;
    }

    Bundle bundle(Suite suite) throws IOException {
        return new SuiteCompiler(new SuiteReader(compiler), System.getenv()).compile(suite);
    }
}
