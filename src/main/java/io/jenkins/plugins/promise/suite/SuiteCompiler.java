package io.jenkins.plugins.promise.suite;

import com.google.common.io.ByteSource;
import com.google.common.io.MoreFiles;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.contract.file.JobFile;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.ContentDigest;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Turns a suite without errors into versions. */
public final class SuiteCompiler {
    private static final int HASH_LENGTH = 12;

    private final SuiteReader reader;
    private final Map<String, String> environment;

    /**
     * A compiler.
     *
     * @param reader reads the scripts
     * @param environment where the submit tokens are found
     */
    public SuiteCompiler(SuiteReader reader, Map<String, String> environment) {
        this.reader = reader;
        this.environment = new HashMap<>(environment);
    }

    /**
     * Why the suite, as it stands, can have no numbered versions; nothing if it can. Then it lies in a git tree, has no
     * change that is not committed, and its whole history is there.
     *
     * @throws IOException if git's files cannot be read
     */
    public Optional<String> uncommitted(Suite suite) throws IOException {
        Optional<GitHistory> found = GitHistory.of(suite.root());
        if (found.isEmpty()) {
            return Optional.of(suite.root() + " is in no git tree that has a commit; commit it first");
        }
        try (GitHistory history = found.get()) {
            if (history.shallow()) {
                return Optional.of("the clone is shallow, and version numbers count all commits; fetch the rest with:"
                        + " git fetch --unshallow");
            }
            List<String> dirty = history.dirty();
            return dirty.isEmpty()
                    ? Optional.empty()
                    : Optional.of("these files are not as the last commit has them; commit them first:\n  "
                            + String.join("\n  ", dirty));
        }
    }

    /**
     * The suite's jobs as versions, each after those it uses. Where nothing is {@link #uncommitted} a version is
     * {@code {name}-v{number}-{hash}}, elsewhere {@code {name}-dev-{content hash}}.
     *
     * @throws IOException if a file cannot be read
     */
    public Bundle compile(Suite suite) throws IOException {
        return compile(suite, NoOpWorkers.NONE);
    }

    /** The same with some workers that only answer; their versions, and those that use them, end in {@code -noop} or {@code -noop-{hash}}. */
    public Bundle compile(Suite suite, NoOpWorkers noOp) throws IOException {
        return compile(suite, noOp, uncommitted(suite).isEmpty());
    }

    /**
     * The same for whoever has asked already whether anything is {@link #uncommitted}.
     *
     * @param numbered whether nothing is
     */
    public Bundle compile(Suite suite, NoOpWorkers noOp, boolean numbered) throws IOException {
        Map<String, GitHistory.Touched> history = numbered ? history(suite) : Map.of();
        Map<String, Release> releases = new TreeMap<>();
        List<Release> ordered = new ArrayList<>();
        for (String name : suite.jobs().keySet()) {
            add(suite, name, noOp, history, releases, ordered);
        }
        return new Bundle(suite.name(), ordered, tokens(suite));
    }

    private Map<String, SubmitToken> tokens(Suite suite) {
        Map<String, SubmitToken> tokens = new TreeMap<>();
        suite.jobs().forEach((name, job) -> {
            String variable = job.file().tokenVariable();
            String token = variable == null ? "" : environment.getOrDefault(variable, "");
            if (!token.isEmpty()) {
                tokens.put(name, SubmitToken.of(token));
            }
        });
        return tokens;
    }

    private void add(
            Suite suite,
            String name,
            NoOpWorkers noOp,
            Map<String, GitHistory.Touched> history,
            Map<String, Release> releases,
            List<Release> ordered)
            throws IOException {
        if (releases.containsKey(name)) {
            return;
        }
        Suite.SuiteJob job = suite.jobs().get(name);
        Map<String, String> uses = new TreeMap<>();
        for (String used : job.uses()) {
            add(suite, used, noOp, history, releases, ordered);
            uses.put(used, releases.get(used).deployed().version());
        }
        JobFile file = job.file();
        ScriptSource source = file.kind() == JobKind.ORCHESTRATION ? reader.source(suite, job) : null;
        Map<String, ByteSource> files = noOp.files(file, files(suite, job));
        Deployed unnamed = new Deployed(
                "", name, file.kind(), noOp.contract(file), file.about(), noOp.script(file), file.label(), "", uses);
        ContentDigest content = ContentDigest.of(unnamed, source, files);
        GitHistory.Touched touched = history.get(name);
        String version = (touched == null
                        ? name + "-dev-" + content.hex().substring(0, HASH_LENGTH)
                        : name + "-v" + touched.commits() + "-" + touched.last())
                + noOp.suffix(name, uses, content.hex());
        Release release = new Release(
                unnamed.named(version, content.text()),
                source == null ? null : ByteSource.wrap(Json.mapper().writeValueAsBytes(source)),
                files);
        releases.put(name, release);
        ordered.add(release);
    }

    private Map<String, GitHistory.Touched> history(Suite suite) throws IOException {
        try (GitHistory history = GitHistory.of(suite.root()).orElseThrow()) {
            Map<String, Set<String>> paths = new TreeMap<>();
            suite.jobs().keySet().forEach(name -> paths(suite, name, paths));
            return history.touched(paths);
        }
    }

    /**
     * All that a version depends on: the job's folder and files, the suite's file and libraries, and those of what it
     * uses; each job's are found once.
     */
    private static Set<String> paths(Suite suite, String name, Map<String, Set<String>> known) {
        Set<String> before = known.get(name);
        if (before != null) {
            return before;
        }
        Suite.SuiteJob job = suite.jobs().get(name);
        Set<String> paths = new TreeSet<>();
        paths.add(job.folder());
        // Its defaults are part of every contract.
        paths.add(SuiteReader.SUITE_FILE);
        paths.addAll(job.file().files());
        if (job.file().kind() == JobKind.ORCHESTRATION) {
            paths.addAll(suite.prepend());
            paths.addAll(suite.append());
        }
        job.uses().forEach(used -> paths.addAll(paths(suite, used, known)));
        known.put(name, paths);
        return paths;
    }

    private static Map<String, ByteSource> files(Suite suite, Suite.SuiteJob job) throws IOException {
        Map<String, ByteSource> files = new TreeMap<>();
        Path folder = suite.root().resolve(job.folder());
        List<Path> own;
        try (Stream<Path> all = Files.walk(folder)) {
            own = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : own) {
            files.put(folder.relativize(file).toString().replace('\\', '/'), MoreFiles.asByteSource(file));
        }
        for (String other : job.file().files()) {
            files.put(other, MoreFiles.asByteSource(suite.root().resolve(other)));
        }
        return files;
    }
}
