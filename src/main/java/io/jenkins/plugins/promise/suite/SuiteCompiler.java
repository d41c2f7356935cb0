package io.jenkins.plugins.promise.suite;

import io.jenkins.plugins.promise.contract.JobFile;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Json;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.orchestration.ScriptSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
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
     * The suite's jobs as versions, each after those it uses. In a clean git tree a version is
     * {@code {name}-v{number}-{hash}}, elsewhere {@code {name}-dev-{content hash}}.
     *
     * @throws IOException if a file cannot be read
     */
    public List<Release> compile(Suite suite) throws IOException {
        Map<String, GitHistory.Touched> history = history(suite);
        Map<String, Release> releases = new TreeMap<>();
        List<Release> ordered = new ArrayList<>();
        for (String name : suite.jobs().keySet()) {
            add(suite, name, history, releases, ordered);
        }
        return ordered;
    }

    private void add(
            Suite suite,
            String name,
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
            add(suite, used, history, releases, ordered);
            uses.put(used, releases.get(used).deployed().version());
        }
        JobFile file = job.file();
        ScriptSource source = file.kind() == JobKind.ORCHESTRATION ? reader.source(suite, job) : null;
        Map<String, byte[]> files = files(suite, job);
        GitHistory.Touched touched = history.get(name);
        String version = touched == null
                ? name + "-dev-" + contentHash(file, source, files, uses)
                : name + "-v" + touched.commits() + "-" + touched.last();
        String token = file.tokenVariable() == null ? null : environment.get(file.tokenVariable());
        Deployed deployed = new Deployed(
                version,
                name,
                file.kind(),
                file.contract(),
                file.about(),
                file.script(),
                file.label(),
                token == null || token.isEmpty() ? null : SubmitToken.of(token),
                uses);
        Release release = new Release(deployed, source, files);
        releases.put(name, release);
        ordered.add(release);
    }

    private Map<String, GitHistory.Touched> history(Suite suite) throws IOException {
        Optional<GitHistory> found = GitHistory.of(suite.root());
        if (found.isEmpty()) {
            return Map.of();
        }
        try (GitHistory history = found.get()) {
            if (!history.dirty().isEmpty()) {
                return Map.of();
            }
            Map<String, Set<String>> paths = new TreeMap<>();
            suite.jobs().keySet().forEach(name -> paths.put(name, paths(suite, name)));
            return history.touched(paths);
        }
    }

    /** All that a version depends on: the job's folder and files, the suite's file and libraries, and those of what it uses. */
    private static Set<String> paths(Suite suite, String name) {
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
        job.uses().forEach(used -> paths.addAll(paths(suite, used)));
        return paths;
    }

    private static Map<String, byte[]> files(Suite suite, Suite.SuiteJob job) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        Path folder = suite.root().resolve(job.folder());
        List<Path> own;
        try (Stream<Path> all = Files.walk(folder)) {
            own = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : own) {
            files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        for (String other : job.file().files()) {
            files.put(other, Files.readAllBytes(suite.root().resolve(other)));
        }
        return files;
    }

    private static String contentHash(
            JobFile file, ScriptSource source, Map<String, byte[]> files, Map<String, String> uses) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        update(digest, "contract", Json.mapper().writeValueAsBytes(file.contract()));
        if (source != null) {
            source.parts().forEach(p -> update(digest, p.file(), p.text().getBytes(StandardCharsets.UTF_8)));
        }
        files.forEach((name, content) -> update(digest, name, content));
        uses.forEach((name, version) -> update(digest, name, version.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
    }

    private static void update(MessageDigest digest, String name, byte[] content) {
        digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
    }
}
