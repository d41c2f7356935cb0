package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.DocumentedPage;
import io.jenkins.plugins.promise.testing.DocumentedPage.Command;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.StandInJenkins;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** A farm of Jenkins as processes of this machine. The Jenkins is a stand-in: no real one is on every machine. */
@Category(Whole.class)
public class FarmJenkinsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path root;
    private Path home;
    private int port;

    @Before
    public void prepare() throws Exception {
        root = folder.newFolder().toPath();
        home = folder.newFolder().toPath().resolve("a farm");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        new SuiteFolder(root.resolve("suite")).worker("work", "true");
        StandInJenkins.write(root.resolve("jenkins.war"), "2.479.3");
        for (String plugin : List.of("promise-jobs", "configuration-as-code", "matrix-auth")) {
            plugin(plugin, "1.0");
        }
        write(2, "");
    }

    private void plugin(String name, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Short-Name", name);
        manifest.getMainAttributes().putValue("Plugin-Version", version);
        Files.createDirectories(root.resolve("plug ins"));
        try (OutputStream out = Files.newOutputStream(root.resolve("plug ins/" + name + ".hpi"))) {
            new JarOutputStream(out, manifest).close();
        }
    }

    private void write(int agents, String controllers) throws IOException {
        Files.writeString(
                root.resolve("farm.yaml"),
                "farm: tested\ncontroller: jenkins\naddress: http://127.0.0.1:" + port + "\n"
                        + "controllers: { count: 1, jenkins: 2.479.3" + controllers + " }\n"
                        + "security: { admins: [ops], users: [ann] }\n"
                        + "workers: { linux: { count: " + agents + ", max: 4 } }\nsuites: [suite]\n");
    }

    @After
    public void stop() throws Exception {
        promise("down", "--force");
    }

    private CommandProcess promise(String... words) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("farm", words[0], root.resolve("farm.yaml").toString()));
        arguments.addAll(List.of(words).subList(1, words.length));
        arguments.addAll(List.of("--home", home.toString()));
        CommandProcess command = CommandProcess.start(root, Map.of("A_SECRET", "of a shell"), arguments);
        command.await(PATIENCE);
        return command;
    }

    private CommandProcess good(String... words) throws Exception {
        CommandProcess command = promise(words);
        assertThat(command.await())
                .as(command.out()
                        + command.err()
                        + log("controller.log")
                        + log("supervisor.log")
                        + log("agents/linux-1.log"))
                .isZero();
        return command;
    }

    private String log(String name) throws IOException {
        Path file = home.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private JsonNode running() throws IOException {
        return Json.mapper().readTree(Files.readAllBytes(home.resolve("running.json")));
    }

    private List<String> names(String place) throws IOException {
        try (Stream<Path> all = Files.list(home.resolve(place))) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private CommandProcess up() throws Exception {
        return good("up", "--local", "--war", "jenkins.war", "--plugins", "plug ins");
    }

    @Test
    public void isUpWithItsAgentsSurvivesKillsAndIsGone() throws Exception {
        assertThat(up().out())
                .contains("the controller is new", "suite: work is work-v1-1234567", "tested is up", "1 change");
        assertThat(names("home/plugins"))
                .containsExactly("configuration-as-code.jpi", "matrix-auth.jpi", "promise-jobs.jpi");
        assertThat(names("secrets")).containsExactly("agent-password", "ann-password", "ops-password");
        assertThat(Files.getPosixFilePermissions(home.resolve("secrets/ops-password")))
                .hasSize(2);
        assertThat(good("up", "--local").out())
                .as("where the war was is known")
                .contains(" 0 changes")
                .doesNotContain("the controller is");
        assertThat(good("status").out())
                .contains(": up", "agents      2 of 2 attached")
                .doesNotContain("differs");

        JsonNode before = running();
        for (String one : List.of("/controller", "/agents/0/process")) {
            Path environment = Path.of("/proc", before.at(one).asText(), "environ");
            if (Files.exists(environment)) {
                assertThat(Files.readString(environment))
                        .as(one)
                        .contains("PATH=")
                        .doesNotContain("of a shell");
            }
        }
        ProcessHandle.of(before.path("controller").asLong()).orElseThrow().destroyForcibly();
        ProcessHandle.of(before.at("/agents/0/process").asLong()).orElseThrow().destroyForcibly();
        Eventually.until("all is there again", PATIENCE, () -> promise("status").await() == 0);
        assertThat(running().path("controller").asLong())
                .isNotEqualTo(before.path("controller").asLong());
        assertThat(running().at("/agents/0/process").asLong())
                .isNotEqualTo(before.at("/agents/0/process").asLong());
        assertThat(running().at("/agents/1/process").asLong())
                .isEqualTo(before.at("/agents/1/process").asLong());

        JsonNode last = running();
        assertThat(good("down").out()).contains("nothing is left");
        assertThat(home).doesNotExist();
        for (String gone : List.of("/controller", "/supervisor", "/agents/0/process", "/agents/1/process")) {
            assertThat(ProcessHandle.of(last.at(gone).asLong())).as(gone).isEmpty();
        }
    }

    @Test
    public void theCommandsOfTheDocsBringItUp() throws Exception {
        Files.move(root.resolve("plug ins"), root.resolve("plugins"));
        Files.createDirectories(root.resolve("target"));
        Files.move(root.resolve("plugins/promise-jobs.hpi"), root.resolve("target/promise-jobs.hpi"));
        Files.move(root.resolve("farm.yaml"), root.resolve("quote.yaml"));
        List<String> documented = new ArrayList<>();
        for (Command command : new DocumentedPage(Path.of("docs/infrastructure.md")).runBy(FarmJenkinsIT.class)) {
            documented.add(command.text());
        }
        documented.add("promise farm down quote.yaml --name here --address http://127.0.0.1:8090 --force");
        for (String command : documented) {
            List<String> arguments = new ArrayList<>(
                    List.of(command.replace("8090", Integer.toString(port)).split(" ", -1)));
            assertThat(arguments.remove(0)).isEqualTo("promise");
            arguments.addAll(List.of("--home", home.toString()));
            CommandProcess process = CommandProcess.start(root, Map.of(), arguments);
            assertThat(process.await(PATIENCE))
                    .as(command + "\n" + process.out() + process.err() + log("controller.log"))
                    .isZero();
        }
    }

    @Test
    public void changesWhatChangedAndGoesBackWhereJenkinsRefusesIt() throws Exception {
        up();
        write(3, "");
        assertThat(promise("status").out()).contains("differs     the controller");
        assertThat(good("up", "--local").out()).contains("the controller is replaced");
        assertThat(good("status").out()).contains("agents      3 of 3 attached");
        assertThat(names("rendered")).hasSize(1);

        // What was there before needs the plugin that it had.
        plugin("promise-jobs", "1.1");
        Files.writeString(root.resolve("more.yaml"), "unclassified: { odd: 'refused by Jenkins' }\n");
        write(3, ", configuration: [more.yaml]");
        CommandProcess refused = promise("up", "--local");
        assertThat(refused.await()).isEqualTo(1);
        assertThat(refused.err()).contains("did not come up, and what was there before goes on");
        write(3, "");
        Eventually.until("what was there is there", PATIENCE, () -> promise("status")
                .out()
                .contains("agents      3 of 3 attached"));

        JsonNode left = running();
        ProcessHandle.of(left.path("supervisor").asLong()).orElseThrow().destroyForcibly();
        good("down", "--force");
        for (String gone : List.of("/controller", "/agents/0/process", "/agents/2/process")) {
            assertThat(ProcessHandle.of(left.at(gone).asLong())).as(gone).isEmpty();
        }
    }

    @Test
    public void whatIsMissingOrWrongIsToldAndNothingIsTouched() throws Exception {
        assertThat(promise("up", "--local").err()).contains("--war and --plugins are missing");
        assertThat(promise("up", "--local", "--war", "suite/suite.yaml", "--plugins", "plug ins")
                        .err())
                .contains("suite.yaml: is no jenkins.war");
        StandInJenkins.write(root.resolve("old.war"), "2.401.1");
        assertThat(promise("up", "--local", "--war", "old.war", "--plugins", "plug ins")
                        .err())
                .contains("old.war is Jenkins 2.401.1, and the farm file says 2.479.3");
        Files.delete(root.resolve("plug ins/matrix-auth.hpi"));
        assertThat(promise("up", "--local", "--war", "jenkins.war", "--plugins", "plug ins")
                        .err())
                .contains("matrix-auth");
        plugin("matrix-auth", "1.0");
        assertThat(home).doesNotExist();
        Files.writeString(
                root.resolve("farm.yaml"),
                Files.readString(root.resolve("farm.yaml"))
                        .replace("users: [ann]", "users: [ann], ssh-keys: [deploy], api-keys: [reports]"));
        assertThat(promise("up", "--local", "--name", "here", "--address", "https://ci.example:443")
                        .err())
                .contains("--name and --address go together");
        plugin("ssh-credentials", "1.0");
        plugin("plain-credentials", "1.0");
        Files.createDirectories(home);
        Files.writeString(home.resolve("precious"), "mine");
        assertThat(promise("down", "--force").err()).contains("is no folder of a farm: nothing in it is touched");
        assertThat(promise("up", "--local", "--war", "jenkins.war", "--plugins", "plug ins")
                        .err())
                .contains("has other things in it than a farm");
        assertThat(home.resolve("precious")).hasContent("mine");
        Files.delete(home.resolve("precious"));
        assertThat(promise("up", "--local", "--war", "jenkins.war", "--plugins", "plug ins")
                        .err())
                .contains("secrets/deploy: is missing: put the secret's value there");
    }
}
