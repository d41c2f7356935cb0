package io.jenkins.plugins.promise.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The example's rehearsals: they take every path, and whatever is broken in the orchestration is found. */
public class BrokenOrchestrationTest {
    private static final OrchestrationCompiler COMPILER = new OrchestrationCompiler();
    private static final Path EXAMPLE = Path.of("examples/quote");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path suite;

    @Before
    public void copy() throws IOException {
        suite = folder.newFolder("quote").toPath();
        new SuiteFolder(suite).copyOf(EXAMPLE, "");
    }

    /** All that check or rehearse would tell. */
    private List<String> told() throws IOException {
        Suite read = new SuiteReader(COMPILER).read(suite);
        List<Finding> findings = new ArrayList<>(read.findings());
        List<String> told = new ArrayList<>();
        if (read.errors().isEmpty()) {
            List<Rehearsal> rehearsals = new RehearsalReader(true).all(read, findings);
            Rehearser rehearser = new Rehearser(read, COMPILER);
            for (Rehearsal rehearsal : rehearsals) {
                rehearser.perform(rehearsal).differences().forEach(d -> told.add(d.toString()));
            }
        }
        findings.forEach(f -> told.add(f.toString()));
        return told;
    }

    private void broken(String text, String by, String... expected) throws IOException {
        Path script = suite.resolve("jobs/quote/quote.groovy");
        String before = Files.readString(script);
        assertThat(before).contains(text);
        Files.writeString(script, before.replace(text, by));
        List<String> told = told();
        assertThat(told).anySatisfy(line -> assertThat(line).contains(expected));
        assertThat(told)
                .anyMatch(line -> line.matches("(?s).*quote\\.groovy(:| line )[0-9]+.*")
                        || line.matches("(?s)rehearsals/quote/.*\\.yaml:[0-9]+.*"));
    }

    @Test
    public void takesEveryPathAndAllIsWell() throws IOException {
        Suite read = new SuiteReader(COMPILER).read(suite);
        Rehearser rehearser = new Rehearser(read, COMPILER);
        List<Performance> performances = new ArrayList<>();
        for (Rehearsal rehearsal : new RehearsalReader(true).all(read, new ArrayList<>())) {
            Performance performance = rehearser.perform(rehearsal);
            assertThat(performance.differences())
                    .as(performance.rehearsal().name())
                    .isEmpty();
            performances.add(performance);
        }

        assertThat(performances).hasSizeGreaterThanOrEqualTo(8);
        Coverage coverage = rehearser.coverage("quote", performances);
        assertThat(coverage.never()).isEmpty();
        assertThat(coverage.linesRun()).isEqualTo(coverage.lines()).isGreaterThan(10);
        assertThat(coverage.branchesRun()).isEqualTo(2);
    }

    @Test
    public void aWrongWorkerName() throws IOException {
        broken("job: 'mesh-check'", "job: 'mesh-chek'", "jobs/quote/quote.groovy:4", "did you mean 'mesh-check'?");
    }

    @Test
    public void aMissingInput() throws IOException {
        broken(
                "job: 'measure', inputs: [SOURCE: source]",
                "job: 'measure', inputs: [:]",
                "jobs/quote/quote.groovy:5",
                "SOURCE is required by measure");
    }

    @Test
    public void aMisspeltInput() throws IOException {
        broken("LONGEST_MM:", "LONGEST:", "LONGEST is not an input of price", "quote.groovy:");
    }

    @Test
    public void swappedPhases() throws IOException {
        String script = Files.readString(suite.resolve("jobs/quote/quote.groovy"));
        String price = script.substring(script.indexOf("def priced ="), script.indexOf("phase('publish')"));
        String publish = script.substring(script.indexOf("phase('publish')"), script.indexOf("report data: ["));
        broken(price + publish, publish + price, "quote.groovy line", "there is no variable 'priced'");
    }

    @Test
    public void anIgnoredFailure() throws IOException {
        broken(
                "worker job: 'publish', inputs",
                "worker job: 'publish', optional: true, inputs",
                "not-published.yaml:",
                "- \"FAILURE\"",
                "+ \"SUCCESS\"");
    }

    @Test
    public void aWrongCondition() throws IOException {
        broken(
                "!mesh.watertight || !mesh.oriented",
                "!mesh.watertight",
                "quote.groovy:",
                "worker 'price' is called, and rehearsals/quote/flipped.yaml has no answer for it");
    }

    @Test
    public void aWrongValue() throws IOException {
        broken(
                "SURFACE_MM2: size.surface_mm2",
                "SURFACE_MM2: size.volume_mm3",
                "quote.groovy:",
                "- SURFACE_MM2: 600",
                "+ SURFACE_MM2: \"1000.0\"");
    }

    @Test
    public void aValueThatTheWorkerDoesNotTake() throws IOException {
        broken("CURRENCY: priced.price.data.currency", "CURRENCY: 'dollars'", "quote.groovy:", "CURRENCY must match");
    }

    @Test
    public void noRetries() throws IOException {
        broken("], retries: 2", "]", "published-late.yaml:", "- 3 times", "+ once");
    }

    @Test
    public void aWorkerUnderAnotherName() throws IOException {
        broken("as: 'mesh'", "as: 'mash'", "calls of worker 'mesh'; did you mean 'mash'?");
    }

    @Test
    public void aMisspeltStep() throws IOException {
        broken("def priced = phase(", "def priced = phaze(", "there is no step 'phaze'; did you mean 'phase'?");
    }

    @Test
    public void aReportThatBreaksTheContract() throws IOException {
        broken("price: priced.price.data,", "", "good-part.yaml:", "required property 'price' not found");
    }

    @Test
    public void anEndlessWait() throws IOException {
        broken("report data: [", "sleep 3600\nreport data: [", "the deadline of 30 min passed while it was running");
    }

    @Test
    public void aFileThatIsNoRehearsalOrIsWrong() throws IOException {
        Path file = suite.resolve("rehearsals/quote/wrong.yaml");
        Files.write(
                file,
                Arrays.asList(
                        "inputs: { SOURCE_S3_FILE_PATH: s3://a }",
                        "workers:",
                        "  mesh: { dta: {}, after: soon, status: GOOD }",
                        "  price: { data: { amount: 3 }, inputs: { VOLUM_MM3: 1 } }",
                        "state: FINE"));
        assertThat(told())
                .contains(
                        "rehearsals/quote/wrong.yaml:3: workers.mesh.after: must be a time such as 90s or 30m",
                        "rehearsals/quote/wrong.yaml:3: workers.mesh.status: must be SUCCESS or FAILURE",
                        "rehearsals/quote/wrong.yaml:5: state: must be FULFILLED or REJECTED",
                        "rehearsals/quote/wrong.yaml:1: inputs: RESULT_S3_FILE_PATH is required")
                .anySatisfy(
                        line -> assertThat(line).contains("workers.mesh.dta: is not known here; did you mean 'data'?"));
        Files.delete(file);
        Files.createDirectories(suite.resolve("rehearsals/qoute"));
        Files.writeString(suite.resolve("rehearsals/qoute/a.yaml"), "state: REJECTED\n");
        assertThat(told())
                .containsExactly(
                        "rehearsals/qoute/a.yaml: there is no orchestration 'qoute' in this suite; did you mean"
                                + " 'quote'?");
    }

    @Test
    public void anAnswerThatTheWorkerCouldNotGiveAndAnInputThatItDoesNotHave() throws IOException {
        Path file = suite.resolve("rehearsals/quote/good-part.yaml");
        String before = Files.readString(file);
        Files.writeString(
                file,
                before.replace(
                                "data: { amount: \"12.40\", currency: USD }\n  publish",
                                "data: { amount: 12.40 }\n  publish")
                        .replace("VOLUME_MM3: 1000,", "VOLUM_MM3: 1000,"));
        assertThat(told())
                .anySatisfy(line -> assertThat(line).contains("worker 'price' cannot answer this", "currency"))
                .anySatisfy(line ->
                        assertThat(line).contains("VOLUM_MM3 is not an input of price; did you mean 'VOLUME_MM3'?"));
    }
}
