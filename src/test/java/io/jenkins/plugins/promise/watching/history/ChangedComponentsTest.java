package io.jenkins.plugins.promise.watching.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.component.history.CloneCommits;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import io.jenkins.plugins.promise.suite.GitFolder;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What has changed since a commit that passed, in histories that git itself is asked about too. */
public class ChangedComponentsTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private static final int COMMITS = 1000;
    private static final int FOLDERS = 20;

    private Path root;
    private ComponentFolder written;

    @Before
    public void prepare() throws IOException {
        root = folder.newFolder().toPath();
        written = new ComponentFolder(root);
    }

    private Collection<WatchedComponent> components() {
        return new ComponentsReader().read(root).watched();
    }

    private List<Change> since(Map<String, String> passed, String head)
            throws IOException, InterruptedException, MissingHistory {
        try (GitFolder git = GitFolder.of(root).orElseThrow()) {
            return new ChangedComponents(new CloneCommits(git), components()).since(passed, head);
        }
    }

    private static String git(Path where, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return out.strip();
    }

    /** A thousand commits over twenty folders: what each affects is what `git log` over the watched paths says. */
    @Test
    public void theComponentsOfEachCommitAreThoseThatGitLogTells() throws Exception {
        Map<String, List<String>> watched = new TreeMap<>();
        for (int number = 0; number < FOLDERS; number++) {
            String name = "c" + number;
            List<String> watch =
                    switch (number % 5) {
                        case 0 -> List.of(name);
                        case 1 -> List.of(name + "/src/**", name + "/*.txt");
                        case 2 -> List.of(name + "/", "shared");
                        case 3 -> List.of("**/" + name + ".md", name + "/**/[a-c]?.js");
                        default -> List.of(name + "/**");
                    };
            watched.put(name, watch);
            written.component(name, "test: ./test.sh", "watch: ['" + String.join("', '", watch) + "']");
        }
        history();
        Map<String, Set<String>> byGit = new HashMap<>();
        for (Map.Entry<String, List<String>> one : watched.entrySet()) {
            List<String> command = new ArrayList<>(List.of("log", "--first-parent", "-m", "--format=%H", "main", "--"));
            one.getValue().forEach(w -> command.add(":(glob)" + w));
            command.add(":(literal)" + one.getKey() + "/component.yaml");
            for (String commit : git(root, command.toArray(new String[0])).split("\n", -1)) {
                byGit.computeIfAbsent(commit, c -> new TreeSet<>()).add(one.getKey());
            }
        }
        List<String> commits = List.of(git(root, "log", "--first-parent", "--reverse", "--format=%H", "main")
                .split("\n", -1));
        assertThat(commits).hasSize(COMMITS);
        Map<String, Set<String>> ours = new HashMap<>();
        try (GitFolder git = GitFolder.of(root).orElseThrow()) {
            ChangedComponents changed = new ChangedComponents(new CloneCommits(git), components());
            for (int at = 1; at < commits.size(); at++) {
                Map<String, String> passed = new HashMap<>();
                for (String name : watched.keySet()) {
                    passed.put(name, commits.get(at - 1));
                }
                for (Change change : changed.since(passed, commits.get(at))) {
                    ours.computeIfAbsent(commits.get(at), c -> new TreeSet<>()).add(change.component());
                }
            }
        }
        byGit.remove(commits.get(0));

        assertThat(ours).isEqualTo(byGit);
        assertThat(ours.values().stream().mapToInt(Set::size).sum()).isGreaterThan(COMMITS / 2);
    }

    /** Written by git from one stream, which takes a moment instead of minutes. */
    private void history() throws Exception {
        git(root, "init", "-q", "-b", "main");
        Random random = new Random(1);
        StringBuilder stream = new StringBuilder();
        Map<String, Integer> versions = new LinkedHashMap<>();
        for (int commit = 1; commit <= COMMITS; commit++) {
            stream.append("commit refs/heads/main\nmark :").append(commit).append("\ncommitter a <a@b> ");
            stream.append(1_700_000_000 + commit).append(" +0000\ndata 1\nm\n");
            if (commit > 1) {
                stream.append("from :").append(commit - 1).append('\n');
            }
            if (commit > 10 && commit % 37 == 0) {
                stream.append("merge :").append(commit - 2 - random.nextInt(5)).append('\n');
            }
            Set<String> files = new HashSet<>();
            for (int file = 1 + random.nextInt(3); file > 0; file--) {
                files.add(path(random));
            }
            for (String file : files) {
                if (versions.containsKey(file) && random.nextInt(10) == 0) {
                    versions.remove(file);
                    stream.append("D ").append(file).append('\n');
                } else {
                    versions.put(file, commit);
                    String mode = random.nextInt(8) == 0 ? "100755" : "100644";
                    String content = "v" + random.nextInt(4);
                    stream.append("M ").append(mode).append(" inline ").append(file);
                    stream.append("\ndata ")
                            .append(content.length())
                            .append('\n')
                            .append(content)
                            .append('\n');
                }
            }
        }
        Process process = new ProcessBuilder("git", "fast-import", "--quiet", "--force")
                .directory(root.toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(stream.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor()).isZero();
    }

    private static String path(Random random) {
        String name = "c" + random.nextInt(FOLDERS);
        return switch (random.nextInt(9)) {
            case 0 -> name + "/component.yaml";
            case 1 -> name + "/src/deep/er.c";
            case 2 -> name + "/notes.txt";
            case 3 -> name + "/docs/notes.txt";
            case 4 -> "shared/" + name;
            case 5 -> "docs/" + name + ".md";
            case 6 -> name + ".md";
            case 7 -> name + "/x/y/b1.js";
            default -> name + "/a2.js";
        };
    }

    @Test
    public void aChangeIsToldWithItsFilesAndChangesThoseThatNeedIt() throws Exception {
        written.component("lib", "test: ./test.sh")
                .component("api", "test: ./test.sh", "needs: [lib]")
                .component("web", "test: ./test.sh", "depends: [api]");
        try (Git git = Git.init().setDirectory(root.toFile()).call()) {
            String first = SuiteFolder.commit(git);
            written.file("lib/a.c", "1").file("docs/a.md", "1");
            String second = SuiteFolder.commit(git);
            Map<String, String> passed = Map.of("lib", first, "api", first, "web", first);

            assertThat(since(passed, "HEAD"))
                    .containsExactly(
                            new Change("api", false, Set.of(), Set.of("lib")),
                            new Change("lib", false, Set.of("lib/a.c"), Set.of()));
            assertThat(since(Map.of("lib", second, "api", first, "web", "none"), "HEAD"))
                    .containsExactly(new Change("api", false, Set.of(), Set.of("lib")), Change.first("web"));
            assertThat(since(Map.of("lib", second, "api", second, "web", "none"), "HEAD"))
                    .containsExactly(Change.first("web"));
            assertThat(since(passed, first)).isEmpty();
        }
    }

    @Test
    public void whatWasChangedAndChangedBackHasPassedAsItIs() throws Exception {
        written.component("lib", "test: ./test.sh").file("lib/a.c", "1");
        try (Git git = Git.init().setDirectory(root.toFile()).call()) {
            String first = SuiteFolder.commit(git);
            written.file("lib/a.c", "2");
            SuiteFolder.commit(git);
            written.file("lib/a.c", "1");
            SuiteFolder.commit(git);

            assertThat(since(Map.of("lib", first), "HEAD")).isEmpty();
        }
    }

    /** That it has failed with the new library must not be forgotten because the library has passed. */
    @Test
    public void whatHasNotPassedWithWhatItNeedsIsBuiltAgainThoughThatHasPassed() throws Exception {
        written.component("lib", "test: ./test.sh");
        written.component("api", "test: ./test.sh", "needs: [lib]");
        git(root, "init", "-q", "-b", "main");
        String first = committed();
        written.file("lib/a.txt", "2");
        String second = committed();
        written.file("other.txt", "3");
        String third = committed();

        assertThat(since(Map.of("lib", second, "api", first), third))
                .containsExactly(new Change("api", false, Set.of(), Set.of("lib")));
        assertThat(since(Map.of("lib", second, "api", second), third)).isEmpty();
    }

    private String committed() throws Exception {
        git(root, "add", "-A");
        git(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "m");
        return git(root, "rev-parse", "HEAD");
    }

    @Test
    public void missingHistoryIsToldAndNeverTakenForAllOrNone() throws Exception {
        written.component("lib", "test: ./test.sh").component("api", "test: ./test.sh");
        try (Git git =
                Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
            String first = SuiteFolder.commit(git);
            written.file("lib/a.c", "1");
            String second = SuiteFolder.commit(git);
            git.checkout()
                    .setCreateBranch(true)
                    .setName("other")
                    .setStartPoint(first)
                    .call();
            written.file("lib/b.c", "1");
            String other = SuiteFolder.commit(git);
            git.checkout().setName("main").call();

            assertThatThrownBy(() -> since(Map.of("lib", first, "ap", first), "HEAD"))
                    .isInstanceOf(MissingHistory.class)
                    .hasMessageContaining("there is no component 'ap'; did you mean 'api'?")
                    .hasMessageContaining("api: it is not said which commit of it has passed; say api=COMMIT");
            assertThatThrownBy(() -> since(Map.of("lib", "1a2b3c4d", "api", other), "HEAD"))
                    .hasMessageContaining("lib: there is no commit 1a2b3c4d in this clone; fetch it")
                    .hasMessageContaining("api: the commit " + other + " is not part of the history of " + second);
            assertThatThrownBy(() -> since(Map.of("lib", first, "api", first), "nowhere"))
                    .hasMessageContaining("there is no commit nowhere in this clone");
        }
        Path shallow = folder.newFolder().toPath();
        git(shallow, "clone", "-q", "--depth", "1", root.toUri().toString(), ".");
        String first = git(root, "rev-parse", "HEAD~1");
        root = shallow;
        assertThatThrownBy(() -> since(Map.of("lib", first, "api", first), "HEAD"))
                .hasMessageContaining("there is no commit " + first)
                .hasMessageContaining("git fetch --unshallow");
    }
}
