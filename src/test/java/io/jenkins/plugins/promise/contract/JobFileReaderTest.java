package io.jenkins.plugins.promise.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.promise.contract.file.JobFile;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.YamlFile;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class JobFileReaderTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final List<Finding> findings = new ArrayList<>();

    private Optional<JobFile> read(String name, byte[] content) throws IOException {
        Path file = folder.newFile().toPath();
        Files.write(file, content);
        return new JobFileReader()
                .read(file, "jobs/" + name + "/job.yaml", name, JobFileReader.Defaults.NONE, findings);
    }

    private Optional<JobFile> read(String content) throws IOException {
        return read("quote", content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private List<String> told() {
        return findings.stream().map(Finding::toString).toList();
    }

    @Test
    public void readsTheDesignsExample() throws IOException {
        JobFile job =
                read("""
                kind: orchestration
                script: quote.groovy
                about: Price a part from its 3D model.
                inputs:
                  SOURCE_S3_FILE_PATH:  { required: true, type: uri }
                  REPORT_RETURN_URL:    { required: true, type: callback, receives: report }
                  REGISTRATION_RETURN_URL: { type: callback, receives: registration }
                  TOOLS_COMMIT:         { default: master, pattern: "[0-9a-zA-Z._/-]+" }
                outputs: { type: object, required: [volume_mm3], properties: { volume_mm3: { type: number } } }
                deadline: 30m
                keep: { days: 3, builds: 200 }
                concurrency: 4
                attempts: 5
                token: ${QUOTE_TOKEN}
                """)
                        .orElseThrow();

        assertThat(told()).isEmpty();
        assertThat(job.kind()).isEqualTo(JobKind.ORCHESTRATION);
        assertThat(job.contract().deadline()).isEqualTo(Duration.ofMinutes(30));
        assertThat(job.contract().keep()).isEqualTo(new Keep(3, 200));
        assertThat(job.contract().concurrency()).isEqualTo(4);
        assertThat(job.contract().attempts()).isEqualTo(5);
        assertThat(job.contract().input("TOOLS_COMMIT").defaultValue()).isEqualTo("master");
        assertThat(job.contract().callbacks())
                .extracting(Input::receives)
                .containsExactly(Receives.REPORT, Receives.REGISTRATION);
        assertThat(job.contract().outputs().json().at("/required/0").asText()).isEqualTo("volume_mm3");
        assertThat(job.tokenVariable()).isEqualTo("QUOTE_TOKEN");
    }

    @Test
    public void readsJson() throws IOException {
        JobFile job = read("{\"kind\": \"worker\", \"script\": \"a.sh\", \"inputs\": {\"N\": {\"type\": \"integer\"}}}")
                .orElseThrow();

        assertThat(told()).isEmpty();
        assertThat(job.contract().input("N").type()).isEqualTo(InputType.INTEGER);
    }

    @Test
    public void namesFileLineFieldAndTheNearestKey() throws IOException {
        read(
                """
                kind: worker
                scirpt: a.sh
                inputs:
                  SIZE: { type: numbr, requird: true }
                  WHERE: { type: callback }
                  MODE: { type: choice }
                  1BAD: {}
                  PASS: { type: secret, default: x }
                  COUNT: { type: integer, default: many }
                  RE: { pattern: "(" }
                  token: {}
                deadline: soon
                keep: { days: 0 }
                token: hunter2
                """);

        assertThat(told())
                .contains("jobs/quote/job.yaml:1: script: is missing")
                .anyMatch(f -> f.startsWith("jobs/quote/job.yaml:2: scirpt: is not known here; did you mean 'script'?"))
                .anyMatch(f ->
                        f.startsWith("jobs/quote/job.yaml:4: inputs.SIZE.type: 'numbr' is no input type; did you mean"
                                + " 'number'?"))
                .anyMatch(f -> f.startsWith(
                        "jobs/quote/job.yaml:4: inputs.SIZE.requird: is not known here; did you mean" + " 'required'?"))
                .contains("jobs/quote/job.yaml:5: inputs.WHERE.receives: a callback needs receives: report or receives:"
                        + " registration")
                .contains("jobs/quote/job.yaml:6: inputs.MODE.choices: an input of type choice needs choices: [a, b]")
                .anyMatch(f -> f.startsWith("jobs/quote/job.yaml:7: inputs.1BAD: an input's name must be"))
                .contains("jobs/quote/job.yaml:8: inputs.PASS.default: a secret must not stand in a job file")
                .contains("jobs/quote/job.yaml:9: inputs.COUNT.default: must be a whole number such as 42")
                .anyMatch(f -> f.startsWith("jobs/quote/job.yaml:10: inputs.RE.pattern: is not an RE2"))
                .anyMatch(f -> f.startsWith("jobs/quote/job.yaml:11: inputs.token: 'token' is taken"))
                .contains("jobs/quote/job.yaml:12: deadline: must be a time such as 90s, 30m, 12h or 7d")
                .contains("jobs/quote/job.yaml:13: keep.days: must be a whole number from 1 to 36500")
                .anyMatch(f -> f.startsWith("jobs/quote/job.yaml:14: token: must name an environment variable")
                        && !f.contains("hunter2"));
    }

    @Test
    public void refusesWhatIsNoJobFile() throws IOException {
        read("");
        read("- a\n- b\n");
        read("kind: [unclosed\n");
        read("quote", new byte[] {'k', ':', ' ', (byte) 0xff});
        read("kind: worker\nkind: worker\nscript: a.sh\n");
        read("a: &a [*a]\nkind: worker\nscript: s\n");
        read("kind: worker\nscript: ../../etc/passwd\n");
        read("x".repeat(1_000_001));

        assertThat(told())
                .contains("jobs/quote/job.yaml: is empty")
                .contains("jobs/quote/job.yaml:1: must hold keys and values")
                .anyMatch(f -> f.startsWith("jobs/quote/job.yaml:2: is not YAML: "))
                .contains("jobs/quote/job.yaml: is not UTF-8")
                .contains("jobs/quote/job.yaml:2: kind: is given twice")
                .contains("jobs/quote/job.yaml:2: script: must be the name of a file in the job's own folder")
                .contains("jobs/quote/job.yaml: is larger than 1000000 bytes");
    }

    @Test
    public void survivesAliasesThatGrow() throws IOException {
        StringBuilder yaml =
                new StringBuilder("kind: worker\nscript: a.sh\noutputs:\n  l0: &l0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("  l" + i + ": &l" + i + " [" + ("*l" + (i - 1) + ", ").repeat(8) + "*l" + (i - 1) + "]\n");
        }
        read(yaml.toString());

        assertThat(told()).hasSize(1).allMatch(f -> f.contains("aliases"));
    }

    private static JsonNode value(String yaml, List<Finding> findings) {
        return YamlFile.parse(("v: " + yaml + "\n").getBytes(StandardCharsets.UTF_8), "x.yaml", findings)
                .json("v");
    }

    @Test
    public void aValueIsWhatJsonSaysOrIsRefused() {
        for (String json : List.of("1e3", "-1.50", "0", "12345678901234567890", "true", "null", "\"010\"", "\"1e3\"")) {
            assertThat(String.valueOf(value(json, findings))).isEqualTo(json.equals("1e3") ? "1E+3" : json);
        }
        for (String text : List.of("12:30", "2024-01-01", "1.2.3", "yes", "0a", "1_000")) {
            assertThat(value(text, findings)).isEqualTo(TextNode.valueOf(text));
        }
        assertThat(told()).isEmpty();
        for (String refused : List.of(
                "010",
                "0x1F",
                "0o17",
                "0b1",
                ".5",
                "5.",
                "+5",
                ".inf",
                "-.inf",
                ".nan",
                "1e9999",
                "9".repeat(200),
                "True",
                "!foo x",
                "!!binary eA==",
                "{ <<: { a: 1 } }")) {
            findings.clear();
            assertThat(value(refused, findings)).as(refused).isNull();
            assertThat(told()).as(refused).hasSize(1).allMatch(f -> f.startsWith("x.yaml:1: v: has "));
        }
    }

    @Test
    public void textThatCannotBeStoredUnchangedIsToldWithItsLine() throws IOException {
        read("kind: worker\nscript: a.sh\nabout: \"x\\ud800\"\n");
        read("kind: worker\nscript: a.sh\nabout: \"x\\0\"\n");

        assertThat(told())
                .containsExactly(
                        "jobs/quote/job.yaml:3: a text holds half of a surrogate pair, which is no character",
                        "jobs/quote/job.yaml:3: a text holds a NUL character (U+0000)");
    }

    @Test
    public void whatTheLibraryThrowsAtUndeclaredIsToldWithItsLine() throws IOException {
        read("kind: worker\nscript: a.sh\noutputs: !!set%00 { a, b }\n");
        read("kind: worker\nscript: !x%20 a.sh\n");
        read("kind: worker\nscript: a.sh\nabout: \"\\u");

        assertThat(told())
                .containsExactly(
                        "jobs/quote/job.yaml:3: is not YAML: Tag must not contain leading or trailing spaces.",
                        "jobs/quote/job.yaml:2: is not YAML: Tag must not contain leading or trailing spaces.",
                        "jobs/quote/job.yaml:3: is not YAML: an escape is cut off");
    }

    @Test(timeout = 20_000)
    public void linesOfAliasesThatGrowAreBounded() {
        StringBuilder yaml = new StringBuilder("v:\n  l0: &l0 { x: 1, x: 1 }\n");
        for (int i = 1; i < 24; i++) {
            yaml.append("  l%d: &l%d { x: *l%d, x: *l%d }\n".formatted(i, i, i - 1, i - 1));
        }
        YamlMapping mapping = YamlFile.parse(yaml.toString().getBytes(StandardCharsets.UTF_8), "x.yaml", findings);

        assertThat(mapping.lines("v").size()).isLessThan(10_001);
    }

    @Test(timeout = 20_000)
    public void aPipeOrAnEndlessFileIsNotRead() throws IOException, InterruptedException {
        Path pipe = folder.getRoot().toPath().resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        YamlFile.read(pipe, "job.yaml", findings);
        YamlFile.read(Path.of("/dev/zero"), "job.yaml", findings);

        assertThat(told()).containsExactly("job.yaml: is not a regular file", "job.yaml: is not a regular file");
    }

    @Test
    public void refusesNamesThatLookLikeVersionsOrPaths() throws IOException {
        byte[] good = "kind: worker\nscript: a.sh\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        read("quote-v3-1a2b3c4", good);
        read("..", good);
        read("a b", good);

        assertThat(told()).hasSize(3).allMatch(f -> f.contains("is no job name") || f.contains("looks like a version"));
    }

    @Test
    public void numbersAndTimesWithoutSenseAreRefused() throws IOException {
        for (String line : List.of(
                "deadline: -5m",
                "deadline: 0s",
                "deadline: 366d",
                "deadline: 9999999d",
                "deadline: 1e3s",
                "keep: { days: 1000000 }",
                "keep: { builds: -1 }",
                "concurrency: 0",
                "concurrency: 1.5",
                "concurrency: many",
                "attempts: 101",
                "attempts: -1",
                "attempts: [3]")) {
            findings.clear();
            read("kind: worker\nscript: a.sh\n" + line + "\n");
            assertThat(told()).as(line).hasSize(1).allMatch(f -> f.startsWith("jobs/quote/job.yaml:3: "));
        }
        read("kind: worker\nscript: a.sh\ndeadline: 366d\nattempts: 101\n");
        assertThat(told())
                .contains("jobs/quote/job.yaml:3: deadline: must be at most 365d")
                .contains("jobs/quote/job.yaml:4: attempts: must be a whole number from 1 to 100");
    }

    @Test
    public void aSchemaThatCannotBeFollowedIsToldWithItsLine() throws IOException {
        read(
                """
                kind: worker
                script: a.sh
                outputs:
                  type: object
                  properties:
                    a:
                      $ref: http://example.com/a.json
                    b:
                      type: strin
                  allOf:
                    - $ref: '#/$defs/x'
                """);

        assertThat(told())
                .anyMatch(f ->
                        f.startsWith("jobs/quote/job.yaml:7: outputs.properties.a.$ref: 'http://example.com/a.json'"
                                + " leads out of the schema"))
                .anyMatch(f -> f.startsWith("jobs/quote/job.yaml:9: outputs.properties.b.type: is not as JSON Schema"))
                .anyMatch(f -> f.startsWith("jobs/quote/job.yaml:10: outputs.allOf.0.$ref: '#/$defs/x' leads to no"));

        findings.clear();
        read("kind: worker\nscript: a.sh\noutputs: { $ref: '#' }\n");
        assertThat(told())
                .containsExactly("jobs/quote/job.yaml:3: outputs.$ref: comes back to where it started without going"
                        + " down into the data; let it go through properties or items");
    }

    @Test
    public void aTimeIsWrittenAsItIsRead() {
        for (String text : List.of("1s", "90s", "1m", "30m", "999999m", "12h", "1d", "12d", "999999d", "999999s")) {
            Duration time = JobFileReader.duration(text).orElseThrow();
            assertThat(JobFileReader.text(time).flatMap(JobFileReader::duration))
                    .contains(time);
        }
        for (String none : List.of("PT0S", "PT-1S", "PT0.5S", "PT1000001S", "PT24000000H", "PT2562047788015215H")) {
            assertThat(JobFileReader.text(Duration.parse(none))).as(none).isEmpty();
        }
    }
}
