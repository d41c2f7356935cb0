package io.jenkins.plugins.promise.suite;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Finding;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.JobFile;
import io.jenkins.plugins.promise.contract.JobFileReader;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Nearest;
import io.jenkins.plugins.promise.contract.YamlFile;
import io.jenkins.plugins.promise.contract.YamlMapping;
import io.jenkins.plugins.promise.deployment.ScriptSource;
import io.jenkins.plugins.promise.engine.OrchestrationCompiler;
import io.jenkins.plugins.promise.engine.ScriptErrors;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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

/** Reads a suite and checks all that can be known without running it. */
public final class SuiteReader {
    static final String SUITE_FILE = "suite.yaml";
    private static final List<String> JOB_FILES = List.of("job.yaml", "job.yml", "job.json");

    private final OrchestrationCompiler compiler;
    private final JobFileReader jobReader = new JobFileReader();
    private final References references = new References();

    /** A reader that checks scripts with that compiler. */
    public SuiteReader(OrchestrationCompiler compiler) {
        this.compiler = compiler;
    }

    /** Reads the suite in a folder; whatever is wrong with it is among its findings. */
    public Suite read(Path root) {
        List<Finding> findings = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            findings.add(Finding.error(root.toString(), 0, "", "is not a folder; give the folder of a suite"));
            return new Suite(root, root.toString(), Map.of(), List.of(), List.of(), findings);
        }
        String name = root.toAbsolutePath().normalize().getFileName().toString();
        JobFileReader.Defaults defaults = JobFileReader.Defaults.NONE;
        List<String> prepend = new ArrayList<>();
        List<String> append = new ArrayList<>();
        if (Files.exists(root.resolve(SUITE_FILE))) {
            YamlMapping yaml = YamlFile.read(root.resolve(SUITE_FILE), SUITE_FILE, findings);
            name = yaml.has("name") ? yaml.text("name") : name;
            defaults = JobFileReader.Defaults.read(yaml.mapping("defaults"));
            YamlMapping libraries = yaml.mapping("libraries");
            prepend = existing(root, libraries, "prepend");
            append = existing(root, libraries, "append");
            libraries.refuseOthers();
            yaml.refuseOthers();
        }
        Map<String, Suite.SuiteJob> jobs = jobs(root, defaults, findings);
        Suite suite = new Suite(root, name, jobs, prepend, append, findings);
        return new Checker(suite).check();
    }

    private static List<String> existing(Path root, YamlMapping yaml, String key) {
        List<String> files = yaml.texts(key);
        for (String file : files) {
            if (!inside(root, file) || !Files.isRegularFile(root.resolve(file))) {
                yaml.error(key, "there is no file " + file + " in the suite");
            }
        }
        return files;
    }

    private Map<String, Suite.SuiteJob> jobs(Path root, JobFileReader.Defaults defaults, List<Finding> findings) {
        Map<String, Suite.SuiteJob> jobs = new TreeMap<>();
        Path folder = root.resolve("jobs");
        if (!Files.isDirectory(folder)) {
            findings.add(Finding.error("jobs", 0, "", "is missing: a suite has a folder jobs/NAME/ for each job"));
            return jobs;
        }
        List<Path> folders;
        try (Stream<Path> all = Files.list(folder)) {
            folders = all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            findings.add(Finding.error("jobs", 0, "", "cannot be read: " + e));
            return jobs;
        }
        for (Path jobFolder : folders) {
            String jobName = jobFolder.getFileName().toString();
            Optional<String> file = JOB_FILES.stream()
                    .filter(f -> Files.exists(jobFolder.resolve(f)))
                    .findFirst();
            String shown = "jobs/" + jobName + "/" + file.orElse(JOB_FILES.get(0));
            if (file.isEmpty()) {
                findings.add(Finding.error(shown, 0, "", "is missing"));
                continue;
            }
            jobReader
                    .read(jobFolder.resolve(file.get()), shown, jobName, defaults, findings)
                    .ifPresent(j -> jobs.put(jobName, new Suite.SuiteJob(j, "jobs/" + jobName, List.of())));
        }
        if (folders.isEmpty()) {
            findings.add(Finding.error("jobs", 0, "", "is empty: a suite has a folder jobs/NAME/ for each job"));
        }
        return jobs;
    }

    /** The script of an orchestration with the suite's libraries around it. */
    public ScriptSource source(Suite suite, Suite.SuiteJob job) throws IOException {
        List<ScriptSource.Part> parts = new ArrayList<>();
        for (String library : suite.prepend()) {
            parts.add(part(suite, library));
        }
        parts.add(part(suite, job.folder() + "/" + job.file().script()));
        for (String library : suite.append()) {
            parts.add(part(suite, library));
        }
        return new ScriptSource(parts);
    }

    private static ScriptSource.Part part(Suite suite, String file) throws IOException {
        try {
            String text = Files.readString(suite.root().resolve(file));
            return new ScriptSource.Part(file, text.replace("\r\n", "\n"));
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8", e);
        }
    }

    static boolean inside(Path root, String file) {
        Path resolved = root.resolve(file).normalize();
        return !Path.of(file).isAbsolute() && resolved.startsWith(root.normalize());
    }

    private final class Checker {
        private final Suite suite;
        private final List<Finding> findings;
        private final Map<String, Suite.SuiteJob> jobs = new TreeMap<>();

        private Checker(Suite suite) {
            this.suite = suite;
            this.findings = new ArrayList<>(suite.findings());
        }

        Suite check() {
            suite.jobs().forEach((name, job) -> jobs.put(name, check(job)));
            cycles();
            unused();
            return new Suite(suite.root(), suite.name(), jobs, suite.prepend(), suite.append(), findings);
        }

        private Suite.SuiteJob check(Suite.SuiteJob job) {
            JobFile file = job.file();
            for (String other : file.files()) {
                if (!inside(suite.root(), other)
                        || !Files.isRegularFile(suite.root().resolve(other))) {
                    error(file, file.lines().files(), "files", "there is no file " + other + " in the suite");
                }
            }
            Path script = suite.root().resolve(job.folder()).resolve(file.script());
            if (!Files.isRegularFile(script)) {
                error(
                        file,
                        file.lines().script(),
                        "script",
                        "there is no file " + file.script() + " in " + job.folder());
                return job;
            }
            new UnusedInputs(suite, SuiteReader.this).of(job).forEach(findings::add);
            return file.kind() == JobKind.WORKER ? job : checkScript(job);
        }

        private Suite.SuiteJob checkScript(Suite.SuiteJob job) {
            ScriptSource source;
            try {
                source = source(suite, job);
                compiler.compile(source);
            } catch (IOException e) {
                error(job.file(), job.file().lines().script(), "script", e.getMessage());
                return job;
            } catch (ScriptErrors e) {
                e.errors()
                        .forEach(at -> findings.add(Finding.error(
                                at.location().file(), at.location().line(), "", at.message())));
                return job;
            }
            Set<String> uses = new HashSet<>();
            for (JobCall call : references.in(source.text())) {
                ScriptSource.Location at = source.at(call.line());
                if (call.job() == null) {
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
            return new Suite.SuiteJob(
                    job.file(), job.folder(), uses.stream().sorted().toList());
        }

        private void checkInputs(JobCall call, Contract contract, ScriptSource.Location at) {
            if (call.inputs() == null) {
                return;
            }
            call.inputs().forEach((name, literal) -> {
                Input input = contract.input(name);
                if (input == null) {
                    inputError(
                            call, at, name, "is not an input of " + call.job() + Nearest.hint(name, contract.names()));
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
}
