package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.TerminalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What commands leave behind on the screen and on the disk if somebody presses Ctrl-C. */
public class InterruptIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int INTERRUPTED = 130;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path here;
    private Path temporary;

    @Before
    public void make() throws IOException {
        assumeTrue("no script (bsdutils) here, which makes a terminal", TerminalProcess.available());
        here = folder.newFolder().toPath();
        temporary = folder.newFolder().toPath();
        new SuiteFolder(here.resolve("suite"))
                .worker("hold", ": > " + held() + "; while [ -d " + here + " ]; do sleep 0.1; done")
                .orchestration(
                        "say",
                        "phase('talk') { worker job: 'hold' }",
                        "inputs:",
                        "  DONE: { type: callback, receives: report }")
                .file("cases/ann.yaml", "job: say\ninputs: {}\n");
    }

    /** There once the worker runs: Ctrl-C reaches what starts it too, and it would be started again. */
    private Path held() {
        return here.resolve("held");
    }

    private TerminalProcess promise(String... arguments) throws IOException {
        return new TerminalProcess(
                here, Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary), List.of(arguments));
    }

    private CommandProcess controller() throws Exception {
        CommandProcess controller =
                CommandProcess.start(here, Map.of(), List.of("serve", "suite", "--open", "--port", "0"));
        controller.url();
        return controller;
    }

    /** What is on the screen, without how Java was called and whether the promise was seen to be pending. */
    private static List<String> lines(TerminalProcess process) {
        return process.screen().stream()
                .filter(l -> !l.startsWith("Picked up ") && !l.startsWith("pending "))
                .toList();
    }

    /** What of this command is left in the folder of temporary files. */
    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.startsWith("promise"))
                    .toList();
        }
    }

    @Test
    public void aDriveTellsWhatIsKnownByThenAndLeavesNothing() throws Exception {
        try (CommandProcess controller = controller();
                TerminalProcess drive = promise("drive", "suite", "--count", "3", "--rate", "0")) {
            assertThat(controller.pid()).isPositive();
            Eventually.until("a bar is there", PATIENCE, () -> drive.written().contains("accepted 3 of 3"));
            assertThat(left()).isNotEmpty();
            drive.pressCtrlC();

            assertThat(drive.await(PATIENCE)).isEqualTo(INTERRUPTED);
            assertThat(drive.screen())
                    .contains("submitted                3", "accepted                 3", "delivered                0")
                    .noneMatch(l -> l.contains("accepted 3 of 3") || l.contains("^C"));
            assertThat(left()).isEmpty();
        }
    }

    @Test
    public void whoWaitsForAReportIsLeftWithTheLinesThatStay() throws Exception {
        try (CommandProcess controller = controller();
                TerminalProcess waiting = promise("submit", "say", "--wait")) {
            assertThat(controller.pid()).isPositive();
            Eventually.until("a bar is there", PATIENCE, () -> waiting.written().contains("0/1"));
            waiting.pressCtrlC();

            assertThat(waiting.await(PATIENCE)).isEqualTo(INTERRUPTED);
            assertThat(lines(waiting))
                    .satisfiesExactly(
                            l -> assertThat(l).startsWith("accepted "),
                            l -> assertThat(l).startsWith("running say-dev-"),
                            l -> assertThat(l).isEqualTo("phase talk"),
                            l -> assertThat(l).isEmpty());
        }
    }

    @Test
    public void aTryTellsWhereTheLogsAreAndNothingElse() throws Exception {
        try (TerminalProcess trying = promise("try", "suite", "--grace", "1s")) {
            Eventually.until("a bar is there", PATIENCE, () -> trying.written().contains("0/1"));
            Eventually.until("the worker runs", PATIENCE, () -> Files.exists(held()));
            trying.pressCtrlC();

            assertThat(trying.await(PATIENCE)).isEqualTo(INTERRUPTED);
            assertThat(lines(trying))
                    .satisfiesExactly(
                            l -> assertThat(l).startsWith("running say-dev-"),
                            l -> assertThat(l).isEqualTo("phase talk"),
                            l -> assertThat(l).isEqualTo("stopping; what runs has 1 s to end (--grace)"),
                            l -> assertThat(l).startsWith("logs are in " + temporary),
                            l -> assertThat(l).isEmpty());
        }
    }
}
