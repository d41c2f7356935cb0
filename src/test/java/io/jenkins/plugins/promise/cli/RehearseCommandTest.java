package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.yaml.snakeyaml.Yaml;

/** What {@code promise rehearse} shows somebody who looks for a mistake. */
public class RehearseCommandTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;

    @Before
    public void make() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "shout",
                        "echo '{\"status\": \"SUCCESS\", \"reason\": \"shouted\", \"data\": {\"text\": \"'$TEXT'!\"}}' >"
                                + " report.json",
                        "inputs:",
                        "  TEXT: { required: true }",
                        "  KEY: { type: secret }",
                        "  LOUD: { type: boolean, default: true }")
                .orchestration(
                        "greet",
                        "def said = []\n"
                                + "for (name in [inputs.NAME, 'bob']) {\n"
                                + "  said << phase('say') { worker job: 'shout', as: 'it', inputs: [TEXT: name, KEY: inputs.PIN] }.it.data.text\n"
                                + "}\n"
                                + "echo \"said $said\"\n"
                                + "report data: said",
                        "inputs:",
                        "  NAME: { required: true }",
                        "  PIN: { type: secret }");
    }

    private Told rehearse(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("rehearse", suite.root().toString()));
        arguments.addAll(List.of(more));
        return Told.by(arguments);
    }

    private String read(String file) throws IOException {
        return Files.readString(suite.root().resolve(file));
    }

    @Test
    public void whatTheScriptSaysIsShown() {
        suite.file(
                "rehearsals/greet/a.yaml",
                "inputs: { NAME: ann }\nworkers:\n  it: { answers: [{ data: { text: A }, after: 90s }, { data: { text: B } }] }\n"
                        + "report: { status: SUCCESS }\n");

        Told told = rehearse("--verbose");

        assertThat(told.out())
                .contains(
                        "      │ said [A, B]\n",
                        " for 90 s  say → say → SUCCESS",
                        "        ✓ it: answered  (at 90 s)\n")
                .contains("1 rehearsal, 0 failed");
        assertThat(told.exit()).isZero();
    }

    @Test
    public void aReportThatNobodyExpectsYetIsWrittenByUpdate() throws Exception {
        suite.file(
                "rehearsals/greet/a.yaml", "inputs: { NAME: ann }\nworkers:\n  it: { data: { text: A }, count: 2 }\n");
        Told before = rehearse();
        assertThat(before.exit()).isEqualTo(1);
        assertThat(before.out()).contains("report: is missing", "promise rehearse --update");

        Told told = rehearse("--update");

        assertThat(told.out()).contains("written into rehearsals/greet/a.yaml");
        assertThat(read("rehearsals/greet/a.yaml"))
                .startsWith("inputs: { NAME: ann }\n")
                .contains("report:\n  status: SUCCESS\n", "data:\n  - A\n  - A\n");
        assertThat(rehearse().exit()).isZero();
    }

    @Test
    public void aBrokenFileKeepsNoOtherFromBeingRehearsed() {
        suite.orchestration("broken", "report data: [\n")
                .file("rehearsals/broken/a.yaml", "report: { status: SUCCESS }\n")
                .file("rehearsals/greet/bad.yaml", "inputs: [\n")
                .file("rehearsals/greet/odd.yaml", "inptus: { NAME: ann }\nreport: { status: SUCCESS }\n")
                .file(
                        "rehearsals/greet/good.yaml",
                        "inputs: { NAME: ann }\nworkers: { it: { data: { text: A }, count: 2 } }\nreport: { data: [A, A] }\n");

        Told told = rehearse();

        assertThat(told.lines())
                .anyMatch(l -> l.startsWith("jobs/broken/run.groovy:1: "))
                .anyMatch(l -> l.startsWith("rehearsals/greet/bad.yaml:"))
                .anyMatch(l -> l.startsWith("rehearsals/greet/odd.yaml:1: inptus"))
                .anyMatch(l -> l.startsWith("  ✓ good"))
                .anyMatch(l -> l.startsWith("1 rehearsal, 0 failed, 3 not run, for what is wrong above, "));
        assertThat(told.exit()).isEqualTo(1);
    }

    @Test
    public void aFailureShowsTheCallsThatLedToIt() {
        suite.orchestration(
                        "deep",
                        "def one(n) {\n  two(n)\n}\ndef two(n) {\n  if (n > 1) {\n    n.nothing()\n  } else if (n > 2) {\n    echo 'x'\n  }\n}\n\none(3)")
                .file("rehearsals/deep/a.yaml", "report: { status: SUCCESS }\n");

        Told told = rehearse("--only", "deep");

        assertThat(told.out())
                .contains("      │     at jobs/deep/run.groovy line 6\n      │     at jobs/deep/run.groovy line 2\n"
                        + "      │     at jobs/deep/run.groovy line 12\n");
        // What was never come to is told once, as a line.
        assertThat(told.lines().stream().filter(l -> l.contains("run.groovy:7: ")))
                .hasSize(1);
    }

    @Test
    public void aRehearsalIsMadeOfWhatAPromiseDid() throws Exception {
        String home = folder.newFolder().toString();
        try (LocalController controller = new Controllers(Path.of(home)).start(suite)) {
            assertThat(controller.openPromises()).isZero();
            Told submitted = Told.by(
                    List.of("submit", "greet", "--home", home, "-i", "NAME=ann", "-i", "PIN=hush-hush", "--wait"));
            assertThat(submitted.exit()).as(submitted.err()).isZero();

            Told told = rehearse("--record", "@last", "--home", home);

            assertThat(told.exit()).as(told.out() + told.err()).isZero();
            String written = told.lines().get(0).substring("written: ".length());
            assertThat(written).startsWith("rehearsals/greet/recorded-");
            String text = read(written);
            assertThat(text).contains("NAME: ann").doesNotContain("hush", "****", "LOUD");
            assertThat(Json.mapper()
                            .valueToTree(new Yaml().load(text))
                            .at("/workers/it")
                            .toString())
                    .isEqualTo("{\"job\":\"shout\",\"answers\":[{\"reason\":\"shouted\",\"data\":{\"text\":\"ann!\"}},"
                            + "{\"reason\":\"shouted\",\"data\":{\"text\":\"bob!\"}}]}");
            assertThat(told.out()).contains("1 rehearsal, 0 failed");
        }
    }

    @Test
    public void aRecordingHoldsWhatFailedWhatWasTriedAgainAndWhatWasCalledInAnotherPhase() throws Exception {
        Path mark = folder.getRoot().toPath().resolve("mark");
        suite.worker("flaky", "[ -e '" + mark + "' ] || { touch '" + mark + "'; exit 3; }")
                .worker("bad", "echo broken; exit 4")
                .orchestration(
                        "mixed",
                        "def r = phase('work') {\n  worker job: 'flaky', retries: 2\n  worker job: 'bad', optional: true\n}\n"
                                + "phase('more') { worker job: 'flaky' }\n"
                                + "parallel a: { worker job: 'shout', inputs: [TEXT: 'a'], as: 'one' },\n"
                                + "    b: { worker job: 'shout', inputs: [TEXT: 'b'], as: 'two' }\n"
                                + "report status: 'FAILURE', reason: \"bad: ${r.bad.reason}\", data: [flaky: r.flaky.status]");
        String home = folder.newFolder().toString();
        try (LocalController controller = new Controllers(Path.of(home)).start(suite)) {
            assertThat(controller.openPromises()).isZero();
            Told submitted = Told.by(List.of("submit", "mixed", "--home", home, "--wait"));
            assertThat(submitted.exit()).as(submitted.err()).isEqualTo(1);

            Told told = rehearse("--record", "@last", "--home", home);

            assertThat(told.exit()).as(told.out() + told.err()).isZero();
            String text = read(told.lines().get(0).substring("written: ".length()));
            assertThat(Json.mapper()
                            .valueToTree(new Yaml().load(text))
                            .at("/workers")
                            .toString())
                    .contains(
                            "\"work/flaky\":{\"job\":\"flaky\",\"answers\":[{\"fails\":\"exit code 3", "},{\"reason\":")
                    .contains("\"more/flaky\":{\"job\":\"flaky\",\"reason\":")
                    .contains("\"bad\":{\"job\":\"bad\",\"fails\":\"exit code 4");
            assertThat(told.out()).contains("1 rehearsal, 0 failed");
        }
    }

    @Test
    public void aMistakeOfTheScriptIsNoFailureThatWasExpected() throws Exception {
        suite.orchestration(
                        "strict", "if (inputs.N == '1') error 'too few'\nreport data: [n: nope]", "inputs:", "  N: {}")
                .file("rehearsals/strict/few.yaml", "inputs: { N: '1' }\nreport: { status: FAILURE }\n")
                .file("rehearsals/strict/state.yaml", "inputs: { N: '2' }\nstate: REJECTED\n")
                .file("rehearsals/strict/status.yaml", "inputs: { N: '2' }\n\nreport: { status: FAILURE }\n")
                .file(
                        "rehearsals/strict/named.yaml",
                        "inputs: { N: '2' }\nreport:\n  status: FAILURE\n"
                                + "  reason: \"jobs/strict/run.groovy line 2: there is no variable 'nope'\"\n");

        Told told = rehearse("--only", "strict");

        assertThat(told.lines())
                .anyMatch(l -> l.startsWith("  ✓ few"))
                .anyMatch(l -> l.startsWith("  ✓ named"))
                .anyMatch(l -> l.startsWith("  ✗ state"))
                .anyMatch(l -> l.startsWith("  ✗ status"))
                .contains("    ! jobs/strict/run.groovy:2: the script breaks off by a mistake of its own, and a FAILURE"
                        + " was expected for another reason: there is no variable 'nope'; mend it, or, if it is meant,"
                        + " say error '…' there, or name this reason in rehearsals/strict/status.yaml:3 under report:");
        assertThat(told.exit()).isEqualTo(1);
    }

    @Test
    public void aMistakeThatCatchErrorCaughtIsOneTooAndIsNotWrittenByUpdate() throws Exception {
        suite.orchestration("caught", "catchError {\n  inputs.toString().nothing()\n}\n")
                .file("rehearsals/caught/a.yaml", "report: { status: FAILURE }\n")
                .orchestration("told", "catchError {\n  error 'as it is meant'\n}\n")
                .file("rehearsals/told/a.yaml", "report: { status: FAILURE }\n");

        assertThat(rehearse("--only", "told").exit()).isZero();
        Told told = rehearse("--only", "caught");
        assertThat(told.out()).contains("! jobs/caught/run.groovy:2: the script breaks off");
        assertThat(told.exit()).isEqualTo(1);

        String lenient = "catchError(buildResult: 'SUCCESS') {\n  inputs.toString().nothing()\n}\n";
        suite.orchestration("lenient", lenient + "error 'bad'\n")
                .file("rehearsals/lenient/a.yaml", "report: { status: FAILURE, reason: bad }\n")
                .orchestration("later", "catchError {\n  inputs.toString().nothing()\n}\nerror 'bad'\n")
                .file("rehearsals/later/a.yaml", "report: { status: FAILURE, reason: bad }\n")
                .orchestration(
                        "said",
                        "def caught(Throwable t) { t.message }\ncatchError {\n  inputs.toString().nothing()\n}\n"
                                + "report status: 'FAILURE', reason: 'bad'\n")
                .file("rehearsals/said/a.yaml", "report: { status: FAILURE, reason: bad }\n");
        for (String job : List.of("lenient", "later", "said")) {
            Told right = rehearse("--only", job);
            assertThat(right.exit()).as(right.out() + right.err()).isZero();
        }
        suite.orchestration("well", lenient + "report reason: 'all is well'\n")
                .file("rehearsals/well/a.yaml", "about: What comes of it.\n");
        assertThat(rehearse("--only", "well", "--update").out()).contains("      written into rehearsals/well/a.yaml");

        suite.orchestration("open", "nope()\n").file("rehearsals/open/a.yaml", "about: What comes of it.\n");
        Told updated = rehearse("--only", "open", "--update");
        assertThat(updated.out())
                .contains(
                        "      not written into rehearsals/open/a.yaml: a mistake of the script is nothing to expect");
        assertThat(updated.exit()).isEqualTo(1);
        assertThat(read("rehearsals/open/a.yaml")).isEqualTo("about: What comes of it.\n");
    }
}
