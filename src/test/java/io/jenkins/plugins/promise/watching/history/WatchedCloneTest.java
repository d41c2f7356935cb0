package io.jenkins.plugins.promise.watching.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.watching.component.Branch;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.api.Git;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the machine's git brings of a branch. */
public class WatchedCloneTest {
    private static final GitLimits SHORT = new GitLimits(Duration.ofSeconds(1), Duration.ofSeconds(1));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path source;
    private Git git;

    @Before
    public void prepare() throws Exception {
        source = folder.newFolder().toPath();
        git = Git.init().setDirectory(source.toFile()).setInitialBranch("main").call();
        commit("1");
    }

    @After
    public void close() {
        git.close();
    }

    private String commit(String content) throws Exception {
        Files.writeString(source.resolve("a.txt"), content);
        SuiteFolder.commit(git);
        return git.getRepository().resolve("HEAD").name();
    }

    private WatchedClone clone(String branch) {
        return new Clones(folder.getRoot().toPath().resolve("clones")).of(new Branch(source.toString(), branch));
    }

    private WatchedClone clone(String repository, GitLimits limits, GitCommand command) throws IOException {
        return new WatchedClone(folder.newFolder().toPath(), new Branch(repository, "main"), limits, command);
    }

    private Path script(String name, String... lines) throws IOException {
        Path script = folder.newFolder().toPath().resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    @Test
    public void aBranchWhoseNameEndsLikeTheWatchedOneIsNotTakenForIt() throws Exception {
        String old = git.getRepository().resolve("HEAD").name();
        WatchedClone clone = clone("main");
        assertThat(clone.fetch()).contains(old);

        git.branchCreate().setName("a/refs/heads/main").call();
        String next = commit("2");
        assertThat(clone.fetch()).contains(next);

        git.checkout().setCreateBranch(true).setName("other").call();
        git.branchDelete().setBranchNames("main").setForce(true).call();
        assertThat(clone.fetch()).as("deleted").isEmpty();
    }

    @Test
    public void aBranchMayBeTheFolderOfOneThatWasThere() throws Exception {
        git.checkout().setCreateBranch(true).setName("feature").call();
        assertThat(clone("feature").fetch()).isPresent();
        git.checkout().setName("main").call();
        git.branchDelete().setBranchNames("feature").setForce(true).call();
        git.checkout().setCreateBranch(true).setName("feature/x").call();
        String head = commit("2");

        assertThat(clone("feature/x").fetch()).contains(head);
    }

    @Test
    public void gitIsToldNothingThatTheControllerWasStartedWithByChance() throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("GIT_DIR", "/nowhere");
        environment.put("GIT_OBJECT_DIRECTORY", "/nowhere");
        environment.put("GIT_NAMESPACE", "other");
        environment.put("GIT_CONFIG_PARAMETERS", "nonsense");

        assertThat(clone(source.toString(), GitLimits.DEFAULT, new GitCommand("git", environment, source.toString()))
                        .fetch())
                .contains(git.getRepository().resolve("HEAD").name());
    }

    @Test
    public void nobodyIsAskedForAPassword() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        try {
            Path asked = folder.getRoot().toPath().resolve("asked");
            String ask = script("ask", "touch " + asked, "echo hush").toString();
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.putAll(Map.of("GIT_ASKPASS", ask, "SSH_ASKPASS", ask, "DISPLAY", ":0"));
            environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/shop.git";

            assertThatThrownBy(() -> clone(url, GitLimits.DEFAULT, new GitCommand("git", environment, url))
                            .fetch())
                    .hasMessageContaining("git ls-remote of " + url + " failed: ");
            assertThat(asked).doesNotExist();
        } finally {
            server.stop(0);
        }
    }

    @Test
    public void sshAsksAtNoTerminalUnlessSomebodyHasSaidWhichOneIsUsed() throws Exception {
        Path told = folder.getRoot().toPath().resolve("told");
        Path ssh = script("ssh", "echo \"$*\" > " + told, "exit 1");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PATH", ssh.getParent() + ":" + environment.get("PATH"));
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        String url = "ssh://git@git.example/shop.git";

        assertThatThrownBy(() -> clone(url, GitLimits.DEFAULT, new GitCommand("git", environment, url))
                        .fetch())
                .isInstanceOf(IOException.class);
        assertThat(told).content().contains("BatchMode=yes");

        environment.put("GIT_SSH_COMMAND", "ssh -o Mine=yes");
        assertThatThrownBy(() -> clone(url, GitLimits.DEFAULT, new GitCommand("git", environment, url))
                        .fetch())
                .isInstanceOf(IOException.class);
        assertThat(told).content().contains("Mine=yes").doesNotContain("BatchMode");

        environment.remove("GIT_SSH_COMMAND");
        Path configured = folder.newFile().toPath();
        Files.writeString(configured, "[core]\n\tsshCommand = ssh -o Configured=yes\n");
        environment.put("GIT_CONFIG_GLOBAL", configured.toString());
        assertThatThrownBy(() -> clone(url, GitLimits.DEFAULT, new GitCommand("git", environment, url))
                        .fetch())
                .isInstanceOf(IOException.class);
        assertThat(told).content().contains("Configured=yes").doesNotContain("BatchMode");
    }

    @Test
    public void whatTakesTooLongIsEndedWithItsChildren() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/shop.git";

            assertThatThrownBy(() -> clone(url, SHORT, new GitCommand(url)).fetch())
                    .hasMessage("git ls-remote of " + url + " does not end within 1 s");

            Eventually.until("no process is left", Duration.ofSeconds(10), () -> ProcessHandle.allProcesses()
                    .flatMap(p -> p.info().commandLine().stream())
                    .noneMatch(c -> c.contains(url)));
        }
    }

    @Test
    public void aBranchThatIsAsItWasCostsTwoProcesses() throws Exception {
        Path calls = folder.getRoot().toPath().resolve("calls");
        Path counting = script("git", "echo \"$*\" >> " + calls, "exec git \"$@\"");
        WatchedClone clone = clone(
                source.toString(),
                GitLimits.DEFAULT,
                new GitCommand(counting.toString(), System.getenv(), source.toString()));
        String head = clone.fetch().orElseThrow();
        Files.delete(calls);

        assertThat(clone.fetch()).contains(head);

        assertThat(Files.readAllLines(calls)).hasSize(2);
    }

    @Test
    public void aMachineWithoutGitAndOneWithAnOldOneAreToldOrServed() throws Exception {
        GitCommand none = new GitCommand("/nowhere/git", System.getenv(), source.toString());
        assertThatThrownBy(
                        () -> clone(source.toString(), GitLimits.DEFAULT, none).fetch())
                .hasMessage("there is no /nowhere/git on the PATH of this controller that can be run; install git");
        // As 1.8 does: it repeats options of rev-parse that it does not know.
        Path old = script(
                "git", "for a do case $a in --is-shallow-repository) echo $a; exit;; esac; done", "exec git \"$@\"");
        WatchedClone clone = clone(
                source.toString(),
                GitLimits.DEFAULT,
                new GitCommand(old.toString(), System.getenv(), source.toString()));

        assertThat(clone.fetch()).isPresent();
        assertThat(clone.shallow()).isFalse();
    }

    private GitCommand command(Path program, String repository) {
        return new GitCommand(program.toString(), System.getenv(), repository);
    }

    /** A container gives git its credentials, and what it may reach, with these. */
    @Test
    public void whatVariablesConfigureOfGitIsKept() throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "url." + source + ".insteadOf");
        environment.put("GIT_CONFIG_VALUE_0", "https://shop.example/");
        String url = "https://shop.example/";
        assertThat(clone(url, GitLimits.DEFAULT, new GitCommand("git", environment, url))
                        .fetch())
                .contains(git.getRepository().resolve("HEAD").name());

        environment.put("GIT_ALLOW_PROTOCOL", "https");
        assertThatThrownBy(() -> clone(url, GitLimits.DEFAULT, new GitCommand("git", environment, url))
                        .fetch())
                .hasMessageContaining("failed");
    }

    /** The configuration of a work tree that the controller was started in is none of the machine's. */
    @Test
    public void gitRunsInNoWorkTree() throws Exception {
        Path found = folder.getRoot().toPath().resolve("found");
        Path telling = script("git", "{ pwd; git rev-parse --git-dir; } >> " + found + " 2>&1", "exec git \"$@\"");

        assertThat(clone(source.toString(), GitLimits.DEFAULT, command(telling, source.toString()))
                        .fetch())
                .isPresent();

        assertThat(Files.readAllLines(found))
                .doesNotContain(System.getProperty("user.dir"))
                .anyMatch(line -> line.startsWith("fatal: not a git repository"));
    }

    /** Else each failure of a network would bring the whole repository once more. */
    @Test
    public void aCloneThatIsSoundIsNotMadeAnewWhereAFetchFails() throws Exception {
        Path calls = folder.getRoot().toPath().resolve("calls");
        Path cut = folder.getRoot().toPath().resolve("cut");
        Path failing = script(
                "git",
                "echo \"$*\" >> " + calls,
                "case \"$*\" in *' fetch '*) [ -e " + cut + " ] && { echo the line is dead >&2; exit 128; };; esac",
                "exec git \"$@\"");
        WatchedClone clone = clone(source.toString(), GitLimits.DEFAULT, command(failing, source.toString()));
        assertThat(clone.fetch()).isPresent();
        String next = commit("2");
        Files.createFile(cut);
        Files.delete(calls);

        assertThatThrownBy(clone::fetch).hasMessageContaining("the line is dead");

        assertThat(Files.readAllLines(calls)).noneMatch(c -> c.contains(" init "));
        Files.delete(cut);
        assertThat(clone.fetch()).contains(next);
    }

    @Test
    public void whatCannotBeTidiedIsBroughtNevertheless() throws Exception {
        Path failing = script("git", "case \"$*\" in *' gc '*) exit 128;; esac", "exec git \"$@\"");

        assertThat(clone(source.toString(), GitLimits.DEFAULT, command(failing, source.toString()))
                        .fetch())
                .isPresent();
    }

    @Test
    public void noPasswordIsToldOfAFailureWhereverItIsCut() throws Exception {
        String hush = "hush".repeat(100);
        Path failing = script("git", "printf 'at https://ann:" + hush + "@git.example/\\033[2J\\nx' >&2", "exit 128");

        assertThatThrownBy(() -> clone(source.toString(), GitLimits.DEFAULT, command(failing, source.toString()))
                        .fetch())
                .hasMessageEndingWith("failed: at https://…@git.example/?[2J x");
    }

    @Test
    public void aHostThatIsAllowedSendsGitToNoOther() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> asked = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            if (path.startsWith("/shop.git")) {
                exchange.getResponseHeaders().add("Location", "/other.git/info/refs?service=git-upload-pack");
            }
            exchange.sendResponseHeaders(path.startsWith("/shop.git") ? 302 : 404, -1);
            exchange.close();
        });
        server.start();
        try {
            Clones clones = new Clones(folder.getRoot().toPath().resolve("clones"));
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/shop.git";
            WatchedClone clone = clones.of(new Branch(url, "main"), new RepositoryPolicy(List.of("127.0.0.1")));

            assertThatThrownBy(clone::fetch).isInstanceOf(IOException.class);

            assertThat(asked).isNotEmpty().allMatch(path -> path.startsWith("/shop.git"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    public void whatIsNotWatchedIsLeftAndTheRestIsNot() throws Exception {
        assertThat(clone("main").fetch()).isPresent();
        Clones clones = new Clones(folder.getRoot().toPath().resolve("clones"));

        assertThat(clones.left(List.of(source.toString()))).isEmpty();
        assertThat(clones.left(List.of("/srv/other.git"))).hasSize(1);
        Clones.delete(clones.left(List.of()).get(0));
        assertThat(clones.left(List.of())).isEmpty();
    }
}
