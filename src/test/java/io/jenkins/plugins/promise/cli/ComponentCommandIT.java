package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.transport.URIish;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;
import picocli.CommandLine;

/** {@code promise component}, and suites made of components, as a person meets them. */
public class ComponentCommandIT {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path root;
    private ComponentFolder components;

    @Before
    public void prepare() throws IOException {
        root = folder.newFolder().toPath();
        components = new ComponentFolder(root);
    }

    private record Ended(int code, String out, String err) {}

    private static Ended promise(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = PromiseCommand.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return new Ended(line.execute(arguments), out.toString(), err.toString());
    }

    @Test
    public void checkTellsEverythingAtOnceAndItsExitCode() {
        components.talk().component("lib", "tset: make", "needs: [frontent]");
        Ended bad = promise("component", "check", root.toString());

        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out())
                .contains("lib/component.yaml:3: tset: is not known here; did you mean 'test'?")
                .contains("lib/component.yaml:4: needs: there is no component 'frontent'; did you mean 'frontend'?");
        assertThat(bad.err()).endsWith("4 components, 2 environments, 3 errors, 1 warning\n");
        assertThat(promise("component", "graph", root.toString()).code()).isEqualTo(2);
        assertThat(promise("component", "generate", root.toString(), "--out", root + "/x")
                        .code())
                .isEqualTo(2);
        assertThat(root.resolve("x")).doesNotExist();

        components.component("lib", "test: make").component("twin", "test: make", "depends: [other]");
        components.component("other", "test: make", "depends: [twin]");
        Ended good = promise("component", "check", root.toString());
        assertThat(good.code()).isZero();
        assertThat(good.err()).startsWith("one train, for they depend on each other: other, twin\n");
        assertThat(promise("component", "check", root.resolve("nowhere").toString())
                        .out())
                .contains("is not a folder; give the folder that the components lie in");
    }

    @Test
    public void graphIsToldInFourFormats() throws IOException {
        components.talk();

        assertThat(promise("component", "graph", root.toString()).out())
                .isEqualTo("platform-api\nteams-api\nfrontend\n  depends on platform-api, teams-api\n");
        assertThat(promise("component", "graph", root.toString(), "--format", "dot")
                        .out())
                .startsWith("digraph");
        assertThat(promise("component", "graph", root.toString(), "--format", "svg")
                        .out())
                .startsWith("<svg");
        JsonNode json = Json.mapper()
                .readTree(promise("component", "graph", root.toString(), "--format", "json")
                        .out());
        assertThat(json.at("/components/teams-api/dependents/0").asText()).isEqualTo("frontend");
        assertThat(promise("component", "graph", root.toString(), "--format", "png")
                        .err())
                .contains("png");
    }

    @Test
    public void schemasArePrinted() throws IOException {
        for (String file : List.of("component", "environments")) {
            JsonNode schema =
                    Json.mapper().readTree(promise("component", "schema", file).out());
            assertThat(schema.path("title").asText()).isEqualTo(file + ".yaml");
        }
        assertThat(promise("component", "schema", "suite").code()).isEqualTo(2);
    }

    @Test
    public void generateMakesASuiteThatIsCheckedRehearsedAndCompiledWithNoOps() {
        components.talk();
        Path out = folder.getRoot().toPath().resolve("suite");

        Ended generated = promise("component", "generate", root.toString(), "--out", out.toString());
        assertThat(generated.code()).isZero();
        assertThat(generated.out()).matches(out + ": [0-9]+ files, [0-9]+ changed\n");
        assertThat(promise("component", "generate", root.toString(), "--out", out.toString())
                        .out())
                .endsWith(" files, 0 changed\n");
        Ended checked = promise("check", out.toString());
        assertThat(checked.out() + checked.err()).endsWith(" jobs, 0 errors, 0 warnings\n");
        Ended rehearsed = promise("rehearse", "--components", root.toString());
        assertThat(rehearsed.code()).as(rehearsed.out()).isZero();
        assertThat(rehearsed.out()).containsPattern("covered: ([0-9]+) of \\1 lines, ([0-9]+) of \\2 branches");
        assertThat(promise("rehearse", "--components", root.toString(), "--update")
                        .code())
                .isEqualTo(2);
        assertThat(promise("compile", "--components", root.toString(), "--no-op=")
                        .out())
                .containsPattern("frontend-build-dev-[0-9a-f]{12}-noop\n")
                .containsPattern("production-release-dev-[0-9a-f]{12}-noop-[0-9a-f]{7}  uses ");
    }

    @Test
    public void changedTellsWhatMustBeBuiltAndWhatIsTestedWithIt() throws Exception {
        components
                .component("lib", "test: make")
                .component("api", "test: make", "needs: [lib]")
                .component("web", "test: make", "depends: [api]");
        try (Git git = Git.init().setDirectory(root.toFile()).call()) {
            String first = SuiteFolder.commit(git);
            components.file("lib/a.c", "1");
            SuiteFolder.commit(git);
            Path passed = root.resolve("passed.txt");
            Files.writeString(passed, "# what passed\nlib=" + first + "\napi=" + first + "\nweb=" + first + "\n");

            Ended changed = promise("component", "changed", root.toString(), "--passed-file", passed.toString());
            assertThat(changed.code()).as(changed.err()).isZero();
            assertThat(changed.out())
                    .isEqualTo("changed  api  needs lib\nchanged  lib  lib/a.c\ntested   web  depends on api, lib\n");
            JsonNode json = Json.mapper()
                    .readTree(promise(
                                    "component",
                                    "changed",
                                    root.toString(),
                                    "--passed-file",
                                    passed.toString(),
                                    "--format",
                                    "json")
                            .out());
            assertThat(json.at("/changed/1/files/0").asText()).isEqualTo("lib/a.c");
            assertThat(json.at("/tested/0/component").asText()).isEqualTo("web");
            assertThat(promise("component", "changed", root.toString(), "--only", "web", "--passed", "web=none")
                            .out())
                    .isEqualTo("changed  web  no commit of it has passed yet\n");

            Ended unsaid = promise("component", "changed", root.toString(), "--passed", "lib=" + first);
            assertThat(unsaid.code()).isEqualTo(2);
            assertThat(unsaid.err()).contains("api: it is not said which commit of it has passed");
            assertThat(promise("component", "changed", root.toString(), "--only", "api", "--passed", "api=" + first)
                            .err())
                    .as("what it needs may have changed")
                    .contains("lib: it is not said which commit of it has passed");
            assertThat(promise("component", "changed", root.toString(), "--passed", "lib")
                            .err())
                    .contains("'lib' must be COMPONENT=COMMIT");
            git.remoteAdd()
                    .setName("origin")
                    .setUri(new URIish("git@git.example:other.git"))
                    .call();
            assertThat(promise("component", "changed", root.toString(), "--passed-file", passed.toString())
                            .err())
                    .contains(
                            "lib is of https://git.example/shop.git, and this is a clone of git@git.example:other.git");
        }
    }

    /**
     * The example of the design, as it is written there, with programs of this machine in the place of the remote ones:
     * each commit is cloned, built, tested, staged and released with the environment's variables, and probed; what build has
     * made is what is staged. Production waits for an approval, and so it goes to test.
     */
    @Test
    @Category(Whole.class)
    public void theTalksExampleRunsAsItIsWritten() throws Exception {
        Path home = folder.newFolder().toPath();
        Path bin = Files.createDirectory(home.resolve("bin"));
        program(bin, "npm", "if [ \"$*\" = 'run build' ]; then mkdir -p build; cp src/page build/page; fi");
        program(bin, "aws", "[ -s build/page ]");
        program(bin, "heroku", "echo \"${4##*/}\" > \"$HOME/runs\"");
        program(bin, "curl", "cat \"$HOME/runs\"");
        Path node = bin.resolve("node");
        Files.writeString(node, "#!/bin/sh\necho v8.12.0\n");
        assertThat(node.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                home.resolve(".gitconfig"),
                "[url \"" + root.toUri() + "\"]\n  insteadOf = https://git.example/core-system.git\n");
        components.talk().file("frontend/src/page", "hello\n");
        String hash;
        try (Git git =
                Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
            SuiteFolder.commit(git);
            hash = git.getRepository().resolve("HEAD").name();
        }
        Map<String, String> environment = Map.of("HOME", home.toString(), "PATH", bin + ":" + System.getenv("PATH"));

        CommandProcess good = CommandProcess.start(
                home,
                environment,
                List.of(
                        "try",
                        "--components",
                        root.toString(),
                        "--job",
                        "frontend-build-test-stage-release",
                        "--input",
                        "GIT_HASH=" + hash,
                        "--input",
                        "ENVIRONMENT=test",
                        "--input",
                        "UNTESTED_BECAUSE=it is the first"));
        assertThat(good.await()).as(good.err() + good.out()).isZero();
        JsonNode report = Json.mapper().readTree(good.out());
        assertThat(report.path("data").toString())
                .isEqualTo("{\"component\":\"frontend\",\"commit\":\"" + hash + "\",\"environment\":\"test\"}");
        assertThat(good.err()).contains("phase build", "phase test", "phase stage", "phase release", " is released");
        String staged = "aws s3 cp --recursive build/ s3://somesite-public/release/" + hash;
        assertThat(Files.readAllLines(home.resolve("calls")))
                .containsExactly(
                        "frontend npm install",
                        "frontend npm run build",
                        "frontend npm install",
                        "frontend npm run build",
                        "frontend npm test",
                        "frontend " + staged,
                        "frontend curl -fsS https://test.somesite.com/version",
                        "frontend heroku config:set -a somesite-test JAVASCRIPT_URL=https://cdn.somesite.com/release/"
                                + hash,
                        "frontend curl -fsS https://test.somesite.com/version");

        CommandProcess bad = CommandProcess.start(
                home,
                environment,
                List.of(
                        "try",
                        "--components",
                        root.toString(),
                        "--job",
                        "frontend-build-test",
                        "--input",
                        "GIT_HASH=" + "1".repeat(hash.length())));
        assertThat(bad.await()).isEqualTo(1);
        assertThat(Json.mapper().readTree(bad.out()).path("reason").asText())
                .contains("there is no commit 1111", "on main of https://git.example/core-system.git");
    }

    /** The example, in a repository of its own as its readers have it; the jobs of the component in Java, which is here. */
    @Test
    @Category(Whole.class)
    public void theShopIsCheckedRehearsedAndBuilt() throws Exception {
        new SuiteFolder(root).copyOf(Path.of("examples", "shop"), "");
        for (String component : List.of("catalog", "orders-api", "prices-api", "web")) {
            Path file = root.resolve(component).resolve("component.yaml");
            Files.writeString(file, Files.readString(file).replace("/tmp/promise-shop/repository", root.toString()));
        }
        String hash;
        try (Git git =
                Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
            SuiteFolder.commit(git);
            hash = git.getRepository().resolve("HEAD").name();
        }
        Ended checked = promise("component", "check", root.toString());
        assertThat(checked.err()).isEqualTo("4 components, 2 environments, 0 errors, 0 warnings\n");
        Ended suite = promise("check", "--components", root.toString());
        assertThat(suite.out()).isEmpty();
        assertThat(promise("rehearse", "--components", root.toString()).code()).isZero();

        CommandProcess orders = CommandProcess.run(
                root, "try", "--components", ".", "--job", "orders-api-build-test", "--input", "GIT_HASH=" + hash);
        assertThat(orders.await()).as(orders.err() + orders.out()).isZero();
    }

    /** A program that notes its call, and does something. */
    private static void program(Path bin, String name, String does) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(
                file,
                "#!/usr/bin/env bash\nset -euo pipefail\necho \"$(basename \"$PWD\") " + name
                        + " $*\" >> \"$HOME/calls\"\n" + does + "\n",
                StandardCharsets.UTF_8);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    @Category(Whole.class)
    public void componentsAreServedAndDeployedAllTheWay() throws Exception {
        components.talk();
        Path home = folder.newFolder().toPath();
        try (CommandProcess controller = CommandProcess.start(
                home,
                Map.of(),
                List.of(
                        "serve",
                        "--components",
                        root.toString(),
                        "--open",
                        "--port",
                        "0",
                        "--home",
                        home.toString()))) {
            String url = controller.url();
            Ended again = promise("deploy", "--components", root.toString(), "--controller", url, "--token", "");
            assertThat(again.code()).as(again.err()).isZero();
            assertThat(again.out())
                    .contains("unchanged  frontend-build-test-dev-")
                    .containsPattern(
                            "nothing changes: [0-9]+ versions are deployed already\ndeclared   test\ndeclared   production\n$");

            components.component("teams-api", "test: make test");
            Ended changed = promise("deploy", "--components", root.toString(), "--controller", url, "--token", "");
            assertThat(changed.code()).as(changed.err()).isZero();
            assertThat(changed.out())
                    .contains("new        teams-api-test-dev-")
                    .contains("unchanged  frontend-build-test-dev-")
                    .contains("latest     teams-api-build-test: ");

            Ended noOp =
                    promise("deploy", "--components", root.toString(), "--controller", url, "--token", "", "--no-op=");
            assertThat(noOp.code()).as(noOp.err()).isZero();
            Ended driven = promise(
                    "drive", "--components", root.toString(), "--controller", url, "--token", "", "--rate", "0");
            assertThat(driven.code()).as(driven.err()).isZero();
            assertThat(driven.out()).containsPattern("(?m)^lost +0$").containsPattern("(?m)^not as expected +0$");
        }
    }
}
