package io.jenkins.plugins.promise.suite;

import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.YamlFile;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a suite and checks all that can be known without running it. */
public final class SuiteReader {
    static final String SUITE_FILE = "suite.yaml";
    private static final String JOBS = "jobs";
    private static final List<String> JOB_FILES = List.of("job.yaml", "job.yml", "job.json");

    private final OrchestrationCompiler compiler;
    private final JobFileReader jobReader = new JobFileReader();

    /** A reader that checks scripts with that compiler. */
    public SuiteReader(OrchestrationCompiler compiler) {
        this.compiler = compiler;
    }

    /** Reads the suite in a folder; whatever is wrong with it is among its findings. */
    public Suite read(Path folder) {
        List<Finding> findings = new ArrayList<>();
        Path root;
        try {
            // Once, so that "." and ".." are gone and what lies inside can be told from what only looks so.
            root = folder.toRealPath();
        } catch (IOException e) {
            return none(folder, "is not a folder; give the folder of a suite");
        }
        if (!Files.isDirectory(root)) {
            return none(folder, "is not a folder; give the folder of a suite");
        }
        if (!Files.isDirectory(root.resolve(JOBS)) && !Files.exists(root.resolve(SUITE_FILE))) {
            return none(
                    root, "is no suite: it has no folder jobs; give a suite's folder, or make one: promise new NAME");
        }
        String name = String.valueOf(root.getFileName());
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
        if (!Bundle.validSuite(name)) {
            findings.add(Finding.error(
                    SUITE_FILE,
                    0,
                    "name",
                    "must be one line of at most 100 characters; it is the folder's unless set"));
        }
        Map<String, Suite.SuiteJob> jobs = jobs(root, defaults, findings);
        Suite suite = new Suite(root, name, jobs, prepend, append, findings);
        return new SuiteCheck(suite, this, compiler).check();
    }

    private static Suite none(Path folder, String why) {
        return new Suite(
                folder,
                folder.toString(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(Finding.error(folder.toString(), 0, "", why)));
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
        Path folder = root.resolve(JOBS);
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

    /** Whether a file, with all links followed, lies in the suite. */
    static boolean inside(Path root, String file) {
        try {
            return !Path.of(file).isAbsolute()
                    && root.resolve(file).toRealPath().startsWith(root);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }
}
