package io.jenkins.plugins.promise.suite;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.file.JobFile;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.deployment.bundle.BundleNames;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.engine.compiler.ScriptErrors;
import io.jenkins.plugins.promise.suite.script.FileCalls;
import io.jenkins.plugins.promise.suite.script.JobCall;
import io.jenkins.plugins.promise.suite.script.MistakenValues;
import io.jenkins.plugins.promise.suite.script.References;
import io.jenkins.plugins.promise.suite.script.StepCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ModuleNode;

/** What is wrong in a suite that has been read: its files, its scripts, and the calls in them. */
final class SuiteCheck {
    private final Suite suite;
    private final SuiteReader reader;
    private final OrchestrationCompiler compiler;
    private final References references = new References();
    private final List<Finding> findings;
    private final Map<String, Suite.SuiteJob> jobs = new TreeMap<>();
    /** Whether there is a script of which nothing is known. */
    private boolean broken;

    SuiteCheck(Suite suite, SuiteReader reader, OrchestrationCompiler compiler) {
        this.suite = suite;
        this.reader = reader;
        this.compiler = compiler;
        this.findings = new ArrayList<>(suite.findings());
    }

    Suite check() {
        broken = suite.findings().stream().anyMatch(f -> !f.warning());
        suite.jobs().forEach((name, job) -> jobs.put(name, check(job)));
        cycles();
        unused();
        return new Suite(
                suite.root(),
                suite.name(),
                jobs,
                suite.prepend(),
                suite.append(),
                Silenced.without(suite.root(), findings));
    }

    private Suite.SuiteJob check(Suite.SuiteJob job) {
        JobFile file = job.file();
        for (String other : file.files()) {
            if (!SuiteReader.inside(suite.root(), other)
                    || !Files.isRegularFile(suite.root().resolve(other))) {
                error(file, file.lines().files(), "files", "there is no file " + other + " in the suite");
            }
        }
        ownFiles(job);
        Path script = suite.root().resolve(job.folder()).resolve(file.script());
        if (!Files.isRegularFile(script)) {
            error(file, file.lines().script(), "script", "there is no file " + file.script() + " in " + job.folder());
            return job;
        }
        Optional<ScriptSource> source = file.kind() == JobKind.WORKER ? Optional.empty() : compiled(job);
        if (file.kind() == JobKind.WORKER || source.isPresent()) {
            new UnusedInputs(suite, reader).of(job).forEach(findings::add);
        }
        return source.map(s -> checkScript(job, s)).orElse(job);
    }

    /** What cannot be deployed is found here already. */
    private void ownFiles(Suite.SuiteJob job) {
        Path folder = suite.root().resolve(job.folder());
        List<String> names = new ArrayList<>(job.file().files());
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                String name = folder.relativize(path).toString();
                String shown = job.folder() + "/" + name;
                if (Files.isSymbolicLink(path)
                        && (!Files.isRegularFile(path) || !SuiteReader.inside(suite.root(), shown))) {
                    findings.add(Finding.error(
                            shown, 0, "", "is a link, and not to a file of the suite; put the file itself there"));
                } else if (Files.isRegularFile(path) && !names.contains(name)) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            findings.add(Finding.error(job.folder(), 0, "", "cannot be read: " + e));
        }
        BundleNames.problem(names)
                .ifPresent(p -> findings.add(
                        Finding.error(job.folder(), 0, "", "holds " + p + "; rename it, or it cannot be deployed")));
    }

    /** The script of an orchestration, if it compiles; what is wrong with it would only be repeated by what else is found. */
    private Optional<ScriptSource> compiled(Suite.SuiteJob job) {
        try {
            ScriptSource source = reader.source(suite, job);
            compiler.compile(source);
            return Optional.of(source);
        } catch (IOException e) {
            error(job.file(), job.file().lines().script(), "script", e.getMessage());
        } catch (ScriptErrors e) {
            e.errors().stream()
                    .map(at -> Finding.error(at.location().file(), at.location().line(), "", at.message()))
                    .filter(finding -> !findings.contains(finding))
                    .forEach(findings::add);
        }
        broken = true;
        return Optional.empty();
    }

    private Suite.SuiteJob checkScript(Suite.SuiteJob job, ScriptSource source) {
        ModuleNode script = References.parsed(source.text());
        Stream.of(
                        StepCheck.of(job.file().contract(), job.folder(), source, script),
                        MistakenValues.of(job.file().contract(), job.folder(), source, script))
                .flatMap(List::stream)
                .filter(finding -> !findings.contains(finding))
                .forEach(findings::add);
        Set<String> uses = new HashSet<>();
        for (JobCall call : references.in(script)) {
            ScriptSource.Location at = source.at(call.line());
            if (call.job() == null) {
                continue;
            }
            if (suite.unreadable(call.job())) {
                continue;
            }
            Suite.SuiteJob called = suite.jobs().get(call.job());
            if (called == null) {
                findings.add(Finding.error(
                        at.file(),
                        at.line(),
                        call.step(),
                        "there is no job '" + call.job() + "' in this suite"
                                + Nearest.hint(call.job(), suite.jobs().keySet())));
                continue;
            }
            uses.add(call.job());
            checkInputs(call, called.file().contract(), at);
        }
        FileCalls.in(script).forEach(given -> checkFiles(given, source.at(given.line())));
        return new Suite.SuiteJob(
                job.file(), job.folder(), uses.stream().sorted().toList());
    }

    private void checkFiles(FileCalls.Given given, ScriptSource.Location at) {
        Suite.SuiteJob job = given.job() == null ? null : suite.jobs().get(given.job());
        if (given.job() == null) {
            findings.add(Finding.error(
                    at.file(), at.line(), "worker files", "the phase has no worker '" + given.worker() + "'"));
        } else if (job != null && job.file().contract().produces().isEmpty()) {
            findings.add(Finding.error(
                    at.file(),
                    at.line(),
                    "worker files",
                    "the worker '" + given.worker() + "' produces no files; say which in "
                            + job.file().lines().file() + ", as in produces: [build/**]"));
        }
    }

    private void checkInputs(JobCall call, Contract contract, ScriptSource.Location at) {
        if (call.inputs() == null) {
            return;
        }
        call.inputs().forEach((name, literal) -> {
            Input input = contract.input(name);
            if (input == null) {
                inputError(call, at, name, "is not an input of " + call.job() + Nearest.hint(name, contract.names()));
            } else if (literal != null) {
                input.read(literal).problem().ifPresent(p -> inputError(call, at, name, p));
            }
        });
        for (Input input : contract.inputs()) {
            if (input.required()
                    && input.defaultValue() == null
                    && !call.inputs().containsKey(input.name())) {
                inputError(call, at, input.name(), "is required by " + call.job());
            }
        }
    }

    private void inputError(JobCall call, ScriptSource.Location at, String input, String problem) {
        findings.add(Finding.error(at.file(), at.line(), call.step() + " " + call.job(), input + " " + problem));
    }

    private void cycles() {
        Set<String> done = new HashSet<>();
        for (String name : jobs.keySet()) {
            cycle(name, new ArrayList<>(), done);
        }
    }

    private void cycle(String name, List<String> path, Set<String> done) {
        int start = path.indexOf(name);
        if (start >= 0) {
            List<String> circle = new ArrayList<>(path.subList(start, path.size()));
            circle.add(name);
            error(jobs.get(name).file(), 0, "", "calls itself: " + String.join(" → ", circle));
        }
        if (start >= 0 || done.contains(name) || !jobs.containsKey(name)) {
            return;
        }
        path.add(name);
        jobs.get(name).uses().forEach(used -> cycle(used, path, done));
        path.remove(path.size() - 1);
        done.add(name);
    }

    private void unused() {
        if (broken) {
            return;
        }
        Set<String> used = new HashSet<>();
        jobs.values().forEach(j -> used.addAll(j.uses()));
        boolean orchestrated = jobs.values().stream().anyMatch(j -> j.file().kind() == JobKind.ORCHESTRATION);
        jobs.forEach((name, job) -> {
            if (orchestrated
                    && job.file().kind() == JobKind.WORKER
                    && !used.contains(name)
                    && job.file().tokenVariable() == null) {
                findings.add(Finding.warning(
                        job.file().lines().file(), 0, "", "no orchestration calls this worker by its name"));
            }
        });
    }

    private void error(JobFile file, int line, String field, String message) {
        findings.add(Finding.error(file.lines().file(), line, field, message));
    }
}
