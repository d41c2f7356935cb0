package io.jenkins.plugins.promise.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is found in a suite without running it, and where. */
public class SuiteReaderTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final SuiteReader reader = new SuiteReader(new OrchestrationCompiler());
    private SuiteFolder suite;

    @Before
    public void prepare() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "measure",
                        "echo $SOURCE $N",
                        "inputs:",
                        "  SOURCE: { required: true, type: uri }",
                        "  N: { type: integer }")
                .worker("price", "true");
    }

    private List<String> findings() {
        return reader.read(suite.root()).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    @Test
    public void findsNothingInAGoodSuite() {
        suite.orchestration(
                "quote",
                "def r = phase('a') { worker job: 'measure', inputs: [SOURCE: inputs.S, N: 4] }\n"
                        + "worker job: 'price'\nreport data: r.measure.data",
                "inputs:",
                "  S: { type: uri }");

        Suite read = reader.read(suite.root());

        assertThat(read.findings()).isEmpty();
        assertThat(read.jobs().get("quote").uses()).containsExactly("measure", "price");
    }

    @Test
    public void aStepThatOnlyJenkinsHasIsToldAndItsArgumentsAreHeldAgainstIt() {
        suite.orchestration("quote", "build job: 'price', wiat: false");

        assertThat(findings())
                .contains(
                        "jobs/quote/run.groovy:1: warning: build: is a step of Jenkins, which the local controller"
                                + " does not have; call the job with worker job: '…', inputs: […]",
                        "jobs/quote/run.groovy:1: build: has no argument 'wiat'; did you mean 'wait'?; known are job,"
                                + " parameters, wait, propagate, quietPeriod, waitForStart");
    }

    @Test
    public void whatAnEngineWouldGetWrongIsFoundWithItsFileAndLine() {
        suite.file("suite.yaml", "libraries: { prepend: [lib/first.groovy] }\n")
                .file("lib/first.groovy", "def one(l) {\n  l.sort { it }\n}\n")
                .orchestration("quote", "def a = one([2, 1])\nfor (;;) { }\nreport data: a");

        assertThat(findings())
                .contains(
                        "lib/first.groovy:2: 'sort' cannot call a closure of the script back; use a for loop, or do it"
                                + " in a method with @NonCPS before it",
                        "jobs/quote/run.groovy:2: a for loop without a condition, as for (;;), never runs in an"
                                + " orchestration; write while (true)");
    }

    @Test
    public void inputsThatThereAreNotAndArgumentsThatAStepHasNot() {
        suite.file("suite.yaml", "libraries: { prepend: [lib/first.groovy] }\n")
                .file("lib/first.groovy", "def one() {\n  inputs.OF_ANOTHER_JOB\n}\n")
                .orchestration(
                        "quote",
                        "def r = phase('a', failfast: true) {\n  worker job: 'price', retires: 2\n}\n"
                                + "def s = inputs.SORCE + params['N'] + inputs.SOURCE\n"
                                + "report dta: r",
                        "inputs:",
                        "  SOURCE: { type: string }");

        assertThat(findings())
                .contains(
                        "jobs/quote/run.groovy:1: phase: has no argument 'failfast'; did you mean 'failFast'?; known"
                                + " are name, propagate, failFast",
                        "jobs/quote/run.groovy:2: worker: has no argument 'retires'; did you mean 'retries'?; known"
                                + " are job, inputs, as, retries, optional, node, label, files",
                        "jobs/quote/run.groovy:4: there is no input 'SORCE'; did you mean 'SOURCE'?; declare it under"
                                + " inputs: in job.yaml",
                        "jobs/quote/run.groovy:4: there is no input 'N'; declare it under inputs: in job.yaml",
                        "jobs/quote/run.groovy:5: report: has no argument 'dta'; did you mean 'data'?; known are"
                                + " status, reason, data")
                .noneMatch(finding -> finding.contains("OF_ANOTHER_JOB"));
    }

    @Test
    public void aSyntaxErrorIsToldOnceAndNothingThatFollowsFromIt() {
        suite.file("suite.yaml", "libraries: { prepend: [lib/first.groovy] }\n")
                .file("lib/first.groovy", "def one( {\n}\n")
                .orchestration("quote", "one()", "inputs:", "  SOURCE: { type: string }")
                .orchestration("other", "one()");

        assertThat(findings()).singleElement().asString().startsWith("lib/first.groovy:1: ");
    }

    @Test
    public void checksLiteralCallsAgainstTheContractsOfTheCalled() {
        suite.orchestration(
                "quote",
                "phase('a') {\n  worker job: 'mesure', inputs: [SOURCE: 's']\n"
                        + "  worker job: 'measure', inputs: [N: 'x', SUORCE: 'http://a/b']\n"
                        + "  worker job: \"${inputs.S}\"\n  worker job: 'price'\n}",
                "inputs:",
                "  S: { type: string }");

        assertThat(findings())
                .containsExactlyInAnyOrder(
                        "jobs/quote/run.groovy:2: worker: there is no job 'mesure' in this suite; did you mean"
                                + " 'measure'?",
                        "jobs/quote/run.groovy:3: worker measure: N must be a whole number such as 42",
                        "jobs/quote/run.groovy:3: worker measure: SUORCE is not an input of measure;"
                                + " did you mean 'SOURCE'?",
                        "jobs/quote/run.groovy:3: worker measure: SOURCE is required by measure");
    }

    @Test
    public void warnsOfWorkersThatNobodyCalls() {
        suite.orchestration("quote", "worker job: 'price'");

        assertThat(findings())
                .containsExactly("jobs/measure/job.yaml: warning: no orchestration calls this worker by its name");
    }

    @Test
    public void pointsIntoTheAuthorsFilesAroundLibraries() {
        suite.file("suite.yaml", "libraries: { prepend: [lib/first.groovy], append: [lib/last.groovy] }\n")
                .file("lib/first.groovy", "def one() {\n  1\n}\n")
                .file("lib/last.groovy", "def two() {\n  worker job: 'nope'\n}\n")
                .orchestration("quote", "worker job: 'price'\nworker job: 'measure', inputs: [SOURCE: 's']\n\n\nfoo(")
                .orchestration("other", "worker job: 'price'\nworker job: 'gone'");

        assertThat(findings())
                .anyMatch(f -> f.matches("jobs/quote/run.groovy:[56]: .*"))
                .contains(
                        "jobs/other/run.groovy:2: worker: there is no job 'gone' in this suite",
                        "lib/last.groovy:2: worker: there is no job 'nope' in this suite");
    }

    @Test
    public void refusesCyclesMissingFilesAndPathsOutside() {
        suite.orchestration("a", "build job: 'b'")
                .orchestration("b", "worker job: 'c'")
                .orchestration("c", "build job: 'a'")
                .file("jobs/lost/job.yaml", "kind: worker\nscript: gone.sh\nfiles: [../../etc/passwd]\n")
                .file("jobs/empty/README", "");

        assertThat(findings())
                .contains(
                        "jobs/a/job.yaml: calls itself: a → b → c → a",
                        "jobs/empty/job.yaml: is missing",
                        "jobs/lost/job.yaml:2: script: there is no file gone.sh in jobs/lost",
                        "jobs/lost/job.yaml:3: files: there is no file ../../etc/passwd in the suite");
    }

    @Test
    public void refusesWhatIsNoSuite() throws IOException {
        Path empty = folder.newFolder().toPath();
        assertThat(reader.read(empty).errors())
                .extracting(Finding::toString)
                .containsExactly(empty.toRealPath()
                        + ": is no suite: it has no folder jobs; give a suite's folder, or make one: promise new NAME");
        assertThat(reader.read(empty.resolve("nope")).errors())
                .extracting(Finding::message)
                .containsExactly("is not a folder; give the folder of a suite");
        suite.file("suite.yaml", "nmae: x\ndefaults: { deadlin: 3d }\nlibraries: { prepend: [/etc/passwd] }\n");
        assertThat(findings())
                .anyMatch(f -> f.startsWith("suite.yaml:1: nmae: ") && f.contains("did you mean 'name'?"))
                .anyMatch(f -> f.contains("suite.yaml:2:") && f.contains("did you mean 'deadline'?"))
                .anyMatch(f -> f.contains("suite.yaml:3:") && f.contains("no file /etc/passwd"));
    }

    @Test
    public void warnsOfInputsThatNothingUses() throws IOException {
        suite.worker(
                        "work",
                        "echo $USED ${OTHER}",
                        "inputs:",
                        "  USED: { type: string }",
                        "  OTHER: { type: string }",
                        "  USE: { type: string }",
                        "  BACK: { type: callback, receives: report }")
                .orchestration(
                        "flow",
                        "worker job: 'work', inputs: [USED: inputs.A, OTHER: inputs['B']]",
                        "inputs: { A: { type: string }, B: { type: string },",
                        "  C: { type: string } }")
                .orchestration("whole", "worker job: 'work', inputs: inputs", "inputs: { USED: { type: string } }");

        assertThat(findings().stream().filter(f -> f.contains("is used nowhere")))
                .containsExactly(
                        "jobs/flow/job.yaml:4: warning: inputs.C: is used nowhere in run.groovy",
                        "jobs/work/job.yaml:6: warning: inputs.USE: is used nowhere in run.sh");
    }

    @Test
    public void aFolderIsItsSuiteUnderEveryNameItHas() throws IOException {
        Path root = suite.root().toRealPath();
        suite.file("suite.yaml", "libraries: { prepend: [lib/a.groovy] }\n")
                .file("lib/a.groovy", "def helper() { 1 }\n")
                .orchestration("quote", "worker job: 'price'\nworker job: 'measure', inputs: [SOURCE: 's:t']");
        Path link = folder.getRoot().toPath().resolve("link");
        Files.createSymbolicLink(link, root);
        Path here = Path.of("").toAbsolutePath().relativize(root);

        for (Path same : List.of(root, root.resolve("."), root.resolve("jobs/.."), here, link)) {
            Suite read = reader.read(same);
            assertThat(read.errors()).as(same.toString()).isEmpty();
            assertThat(read.root()).isEqualTo(root);
            assertThat(read.name()).isEqualTo(root.getFileName().toString());
        }
    }

    @Test
    public void linksThatLeadOutOfTheSuiteAndNamesThatCannotBeDeployedAreErrors() throws IOException {
        Path outside = Files.writeString(folder.newFolder().toPath().resolve("secret"), "s3cret");
        Path jobs = suite.root().resolve("jobs");
        Files.createSymbolicLink(jobs.resolve("measure/inside"), jobs.resolve("price/run.sh"));
        assertThat(findings()).isEmpty();

        Files.createSymbolicLink(jobs.resolve("measure/secret"), outside);
        Files.createSymbolicLink(jobs.resolve("measure/all"), jobs.resolve("price"));
        Files.createSymbolicLink(jobs.resolve("measure/gone"), jobs.resolve("nowhere"));
        Files.createSymbolicLink(suite.root().resolve("lib.sh"), outside);
        suite.worker("listed", "true", "files: [lib.sh]")
                .file("jobs/price/Read.me", "")
                .file("jobs/price/read.ME", "");

        assertThat(findings())
                .contains(
                        "jobs/measure/secret: is a link, and not to a file of the suite; put the file itself there",
                        "jobs/measure/all: is a link, and not to a file of the suite; put the file itself there",
                        "jobs/measure/gone: is a link, and not to a file of the suite; put the file itself there",
                        "jobs/listed/job.yaml:3: files: there is no file lib.sh in the suite")
                .anyMatch(f -> f.startsWith("jobs/price: holds 'Read.me' and 'read.ME', which are the same file")
                        || f.startsWith("jobs/price: holds 'read.ME' and 'Read.me', which are the same file"));
    }
}
