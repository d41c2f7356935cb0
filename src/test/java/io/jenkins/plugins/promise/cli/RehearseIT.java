package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.w3c.dom.Element;

/** {@code promise rehearse} as an author meets it. */
public class RehearseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REHEARSAL = "rehearsals/greet/ann.yaml";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path here;
    private SuiteFolder suite;

    @Before
    public void make() throws Exception {
        here = folder.newFolder().toPath();
        CommandProcess made = CommandProcess.run(here, "new", "hello");
        assertThat(made.await()).as(made.err()).isZero();
        suite = new SuiteFolder(here.resolve("hello"));
    }

    private CommandProcess rehearse(String... more) throws Exception {
        return CommandProcess.run(
                here,
                Stream.concat(Stream.of("rehearse", "hello"), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    @Test
    public void aGoodOneTakesALine() throws Exception {
        CommandProcess good = rehearse();

        assertThat(good.await()).as(good.out() + good.err()).isZero();
        assertThat(good.out())
                .containsPattern("  ✓ ann  [0-9]+ ms  shout → SUCCESS\n")
                .contains("  covered: 3 of 3 lines, 0 of 0 branches\n", "1 rehearsal, 0 failed")
                .doesNotContain("!");
        CommandProcess none = rehearse("--only", "greet/bob");
        assertThat(none.await()).isEqualTo(2);
        assertThat(none.err()).contains("there is no rehearsal greet/bob; there are: greet/ann");
    }

    @Test
    public void aBadOneShowsTheDifferenceAndIsWrittenForCi() throws Exception {
        suite.file(
                "jobs/greet/greet.groovy",
                "def loud = phase('shout') {\n    worker job: 'shout', inputs: [TEXT: \"hi ${inputs.NAME}\"]\n}\n"
                        + "if (!loud.shout.data.text) {\n    error 'nothing came'\n}\n"
                        + "report data: [greeting: loud.shout.data.text + '!']\n");

        CommandProcess bad = rehearse("--junit", "out/rehearsals.xml");

        assertThat(bad.await()).isEqualTo(1);
        assertThat(bad.out())
                .contains(
                        "    ! jobs/greet/greet.groovy:2: worker 'shout' is called with another TEXT than"
                                + " rehearsals/greet/ann.yaml:6 says\n"
                                + "    !     - TEXT: \"hello ann\"\n    !     + TEXT: \"hi ann\"\n",
                        "    ! rehearsals/greet/ann.yaml:8: report.data.greeting\n"
                                + "    !     - \"HELLO ANN\"\n    !     + \"HELLO ANN!\"\n",
                        "  covered: 4 of 5 lines, 1 of 2 branches\n",
                        "    jobs/greet/greet.groovy:5: never run\n",
                        "    jobs/greet/greet.groovy:4: the condition never held\n");
        Element xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(here.resolve("out/rehearsals.xml").toFile())
                .getDocumentElement();
        assertThat(xml.getAttribute("failures")).isEqualTo("1");
        assertThat(((Element) xml.getElementsByTagName("testcase").item(0)).getAttribute("name"))
                .isEqualTo("ann");
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent()).contains("+ \"HELLO ANN!\"");
    }

    @Test
    public void anUpdateWritesWhatWasReportedAndNothingElse() throws Exception {
        suite.file(
                REHEARSAL,
                "# what ann hears\ninputs: { NAME: ann }\nreport:\n  status: SUCCESS\n  data: { greeting: BYE }\n\n"
                        + "# what she is told with\nworkers:\n  shout: { data: { text: HELLO ANN } }\n");

        CommandProcess updated = rehearse("--update");

        assertThat(updated.await()).isEqualTo(1);
        assertThat(updated.out()).contains("- \"BYE\"", "+ \"HELLO ANN\"", "written into " + REHEARSAL);
        assertThat(suite.root().resolve(REHEARSAL))
                .hasContent("# what ann hears\ninputs: { NAME: ann }\nreport:\n  status: SUCCESS\n  data:\n"
                        + "    greeting: HELLO ANN\n\n# what she is told with\nworkers:\n"
                        + "  shout: { data: { text: HELLO ANN } }\n");
        assertThat(rehearse().await()).isZero();
    }

    @Test
    public void watchesAndRehearsesAgain() throws Exception {
        try (CommandProcess watch = CommandProcess.start(here, Map.of(), List.of("rehearse", "hello", "--watch"))) {
            Eventually.until(
                    "it watches; " + watch.err(), PATIENCE, () -> watch.out().contains("watching "));
            assertThat(watch.out()).contains("0 failed");
            Path script = suite.root().resolve("jobs/greet/greet.groovy");
            Files.writeString(script, Files.readString(script).replace("loud.shout.data.text", "'BYE'"));
            Eventually.until("it failed", PATIENCE, () -> watch.out().contains("1 failed"));
            assertThat(watch.out()).contains("+ \"BYE\"");
            Files.writeString(script, "phase('shout') {\n");
            Eventually.until(
                    "it tells the syntax error", PATIENCE, () -> watch.out().contains("jobs/greet/greet.groovy:"));
        }
    }
}
