package io.jenkins.plugins.promise.component.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.component.ComponentFolder;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.rehearsal.Coverage;
import io.jenkins.plugins.promise.rehearsal.Performance;
import io.jenkins.plugins.promise.rehearsal.Rehearsal;
import io.jenkins.plugins.promise.rehearsal.RehearsalReader;
import io.jenkins.plugins.promise.rehearsal.Rehearser;
import io.jenkins.plugins.promise.suite.GeneratedFiles;
import io.jenkins.plugins.promise.suite.NoOpWorkers;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** The suite that is made of components: its bytes, and that it is a good one. */
public class SuiteGeneratorTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private ComponentFolder components;
    private Path out;

    @Before
    public void prepare() throws IOException {
        components = new ComponentFolder(folder.newFolder("core-system").toPath());
        out = folder.getRoot().toPath().resolve("suite");
    }

    private SortedMap<String, byte[]> files() throws IOException {
        Components read = new ComponentsReader().read(components.root());
        assertThat(read.errors()).isEmpty();
        return new SuiteGenerator().files(read);
    }

    /** Whoever changes the generator looks at the whole difference. */
    @Test
    public void theTalksExampleGivesTheseBytes() throws IOException {
        components.talk();
        StringBuilder text = new StringBuilder();
        files().forEach((path, bytes) ->
                text.append("=== ").append(path).append('\n').append(new String(bytes, StandardCharsets.UTF_8)));
        try (InputStream golden = SuiteGeneratorTest.class.getResourceAsStream("talk-suite.txt")) {
            assertThat(text.toString().lines().toList())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
        SortedMap<String, byte[]> again = files();
        files().forEach((path, bytes) -> assertThat(bytes).as(path).isEqualTo(again.get(path)));
    }

    private Suite good() throws IOException {
        new GeneratedFiles(out, "promise component generate").write(files());
        Suite suite = new SuiteReader(new OrchestrationCompiler()).read(out);
        assertThat(suite.findings()).extracting(Finding::toString).isEmpty();
        assertThat(NoOpWorkers.all(suite).problems(suite)).isEmpty();
        return suite;
    }

    private static List<Performance> rehearsed(Suite suite) throws IOException {
        List<Finding> findings = new ArrayList<>();
        List<Rehearsal> all = new RehearsalReader(true).all(suite, findings);
        assertThat(findings).isEmpty();
        Rehearser rehearser = new Rehearser(suite, new OrchestrationCompiler());
        List<Performance> performances = new ArrayList<>();
        for (Rehearsal one : all) {
            performances.add(rehearser.perform(one));
        }
        assertThat(performances.stream().flatMap(p -> p.differences().stream()
                        .map(d -> p.rehearsal().file() + ": " + d)))
                .isEmpty();
        for (String job : new TreeSet<>(all.stream().map(Rehearsal::job).toList())) {
            Coverage coverage = rehearser.coverage(job, performances);
            if (!job.endsWith("-release") || job.contains("-build-")) {
                assertThat(coverage.linesRun()).as(job).isEqualTo(coverage.lines());
            }
        }
        return performances;
    }

    @Test
    public void theTalksSuiteIsCheckedAndRehearsed() throws IOException {
        components.talk();

        Suite suite = good();

        assertThat(suite.jobs().keySet())
                .contains(
                        "frontend-build-test",
                        "frontend-build-test-stage",
                        "frontend-build-test-stage-release",
                        "frontend-probe",
                        "frontend-integration",
                        "test-stage",
                        "test-release",
                        "integrate",
                        "production-release")
                .doesNotContain("teams-api-build-test-stage", "test-integration");
        assertThat(rehearsed(suite)).hasSizeGreaterThan(30);
    }

    /** Names and values that mean something in YAML, Groovy, bash or JSON. */
    @Test
    public void oddNamesAndValuesStayWhatTheyAre() throws IOException {
        components
                .component(
                        "a.b-c",
                        "about: 'it''s \"odd\": ${x} \\ # {'",
                        "path: \"it's a $(path) \"",
                        "build: |",
                        "  cat <<'EOF'",
                        "  $HOME \"'\\",
                        "  EOF",
                        "release: echo $ODD ${EMPTY} $YES",
                        "probe: echo",
                        "environments:",
                        "  'null': { ODD: 'it''s $5 \"off\" \\ ${x} #', EMPTY: '', YES: yes, SECRETS: [KEY, OTHER] }",
                        "  on: { ODD: ünï, EMPTY: 010.50, YES: ~x }",
                        "depends: [d.e]")
                .component("d.e", "test: 'true'", "release: 'true'", "environments: { on: {} }", "depends: [a.b-c]")
                .file("environments.yaml", "'null': { integration: true }\non: {}\n");

        Suite suite = good();
        rehearsed(suite);
        assertThat(Files.readString(out.resolve("jobs/a.b-c-build/build.sh")))
                .isEqualTo("cat <<'EOF'\n$HOME \"'\\\nEOF\n");
        assertThat(suite.jobs()
                        .get("null-release")
                        .file()
                        .contract()
                        .input("A_B_C_ODD")
                        .defaultValue())
                .isEqualTo("it's $5 \"off\" \\ ${x} #");
        Process syntax = new ProcessBuilder(
                        "bash", "-n", out.resolve("jobs/a.b-c-release/run.sh").toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(syntax.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    @Test
    public void aJobWrittenByHandStandsInForAStep() throws IOException {
        components
                .file("suite.yaml", "name: by-hand\ndefaults: { deadline: 30m }\n")
                .file(
                        "jobs/my-release/job.yaml",
                        "kind: worker\n"
                                + "script: run.sh\n"
                                + "inputs: { GIT_HASH: { required: true }, URL: { required: true } }\n"
                                + "outputs: { type: object, required: [seconds] }\n")
                .file("jobs/my-release/run.sh", "echo $GIT_HASH $URL\n")
                .file("jobs/my-release/no-op.json", "{\"status\": \"SUCCESS\", \"data\": {\"seconds\": 3}}\n")
                .file("environments.yaml", "test: {}\n")
                .component(
                        "web",
                        "test: 'true'",
                        "release: { job: my-release }",
                        "environments: { test: { URL: 'http://x', OTHER: y, SECRETS: [UNUSED] } }");

        Suite suite = good();
        rehearsed(suite);
        assertThat(suite.name()).isEqualTo("by-hand");
        assertThat(suite.jobs()).containsKey("my-release").doesNotContainKey("web-release");
        assertThat(Files.readString(out.resolve("jobs/web-build-test-stage-release/run.groovy")))
                .contains("worker job: 'test-release'")
                .doesNotContain("my-release");
        assertThat(Files.readString(out.resolve("jobs/test-release/run.groovy")))
                .contains("worker job: 'my-release'", "URL: inputs.WEB_URL")
                .doesNotContain("OTHER");

        components.file("lib/component.sh", "# mine\n");
        assertThatThrownBy(this::files)
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("lib/component.sh is written by hand");
    }

    @Test
    public void whatIsNotMadeAnyMoreGoesAndNothingElseIsTouched() throws IOException {
        components.talk();
        GeneratedFiles output = new GeneratedFiles(out, "promise component generate");
        int first = output.write(files());
        assertThat(first).isEqualTo(files().size());
        assertThat(output.write(files())).isZero();
        Files.writeString(out.resolve("notes.txt"), "mine");
        Files.delete(out.resolve("jobs/frontend-test/run.sh"));
        Files.writeString(out.resolve("suite.yaml"), "broken");
        Files.delete(components.root().resolve("frontend/component.yaml"));

        output.write(files());

        assertThat(out.resolve("jobs/frontend-test")).doesNotExist();
        assertThat(out.resolve("notes.txt")).hasContent("mine");
        assertThat(out.resolve("suite.yaml")).hasContent(new String(files().get("suite.yaml"), StandardCharsets.UTF_8));
        Path foreign = folder.newFolder().toPath();
        Files.writeString(foreign.resolve("suite.yaml"), "name: mine\n");
        assertThatThrownBy(() -> new GeneratedFiles(foreign, "promise component generate").write(files()))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("was not written by promise component generate; nothing was written");
        assertThat(foreign.resolve("jobs")).doesNotExist();
    }

    /** A script of many components must fit into what a class may hold. */
    @Test
    @Category(Whole.class)
    public void anEnvironmentOfManyComponentsIsCompiled() throws IOException {
        components.file("environments.yaml", "test: { integration: true }\n");
        for (int number = 0; number < 130; number++) {
            components.component(
                    "component-number-" + number,
                    "test: 'true'",
                    "stage: 'true'",
                    "release: echo $A",
                    "probe: 'true'",
                    "environments: { test: { A: 1, SECRETS: [E] } }");
        }
        String path = "jobs/integrate/run.groovy";
        String script = new String(files().get(path), StandardCharsets.UTF_8);

        assertThat(script).contains("perform_3(act)", "perform_component_number_129(act)");
        assertThatCode(() -> new OrchestrationCompiler().compileMarked(ScriptSource.of(path, script)))
                .doesNotThrowAnyException();
    }
}
