package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.TerminalProcess;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** What commands leave behind on the screen and on the disk, as processes of their own. */
public class OutputIT {
    private static final String ESCAPE = "\u001b";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path here;
    private SuiteFolder suite;

    @Before
    public void make() throws IOException {
        here = folder.newFolder().toPath();
        suite = new SuiteFolder(here.resolve("suite"))
                .worker("greet", "echo hello", "inputs:", "  NAME: { required: true }")
                .orchestration(
                        "say",
                        "println 'for the log'\nphase('talk') { worker job: 'greet', inputs: [NAME: inputs.NAME] }",
                        "inputs:",
                        "  NAME: { required: true }",
                        "  DONE: { type: callback, receives: report }")
                .file("cases/ann.yaml", "job: say\ninputs: { NAME: ann }\nexpect: { status: SUCCESS }\n");
    }

    private CommandProcess promise(Map<String, String> environment, String... arguments) throws Exception {
        CommandProcess command = CommandProcess.start(here, environment, List.of(arguments));
        command.await();
        return command;
    }

    @Test
    public void coloursAreForTerminalsAndForWhoeverWantsThem() throws Exception {
        assertThat(promise(Map.of(), "status", "--help").out())
                .contains("promise status")
                .doesNotContain(ESCAPE);
        assertThat(promise(Map.of("CLICOLOR_FORCE", "1"), "status", "--help").out())
                .contains(ESCAPE);
        assertThat(promise(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1"), "status", "--help")
                        .out())
                .contains("promise status")
                .doesNotContain(ESCAPE);
    }

    @Test
    public void aTerminalHasColoursUnlessItsOwnerWantsNone() throws Exception {
        assumeTrue("no script (bsdutils) here, which makes a terminal", TerminalProcess.available());

        assertThat(onATerminal(Map.of())).contains(ESCAPE + "[", "Usage:");
        assertThat(onATerminal(Map.of("NO_COLOR", "1"))).contains("Usage:").doesNotContain(ESCAPE + "[");
    }

    private String onATerminal(Map<String, String> environment) throws Exception {
        try (TerminalProcess help = new TerminalProcess(here, environment, List.of("status", "--help"))) {
            assertThat(help.await(PATIENCE)).isZero();
            return help.written();
        }
    }

    @Test
    @Category(Whole.class)
    public void nothingIsLeftInTheFolderOfTemporaryFiles() throws Exception {
        Path temporary = folder.newFolder().toPath();
        Map<String, String> there = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        CommandProcess tried = promise(there, "try", "suite");
        assertThat(tried.await()).as(tried.err()).isZero();
        assertThat(tried.out()).startsWith("{").doesNotContain("for the log\n");
        assertThat(tried.err()).doesNotContain(ESCAPE, "\r", "%");
        assertThat(promise(there, "check", "suite").await()).isZero();
        assertThat(promise(there, "compile", "suite", "--dirty", "--out", "bundle.zip")
                        .await())
                .isZero();
        try (CommandProcess controller =
                CommandProcess.start(here, Map.of(), List.of("serve", "suite", "--open", "--port", "0"))) {
            controller.url();
            assertThat(promise(there, "deploy", "suite", "--dirty").await()).isZero();
            CommandProcess driven = promise(there, "drive", "suite", "--count", "3");
            assertThat(driven.await()).as(driven.err()).isZero();
            assertThat(driven.err()).doesNotContain(ESCAPE, "\r", "%");
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.map(f -> f.getFileName().toString())).noneMatch(f -> f.startsWith("promise"));
        }
    }

    @Test
    public void aFileOfThatNameIsNotTakenForTheLastPromise() throws Exception {
        Files.writeString(here.resolve("last"), "--help");

        CommandProcess status = promise(Map.of(), "status", "@last");
        assertThat(status.await()).isEqualTo(3);
        assertThat(status.err()).startsWith("no controller runs in work");
    }

    @Test
    public void aPortThatIsTakenAndAValueThatIsWrongAreToldInALine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandProcess serve =
                    promise(Map.of(), "serve", "suite", "--open", "--port", Integer.toString(taken.getLocalPort()));
            assertThat(serve.await()).isEqualTo(3);
            assertThat(serve.err())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .doesNotContain("SEVERE", "Javalin", "\tat ");
        }
        Told gone = Told.by(List.of("drive", suite.root().toString(), "--case", "ann", "--case", "anne"));
        assertThat(gone.exit()).isEqualTo(2);
        assertThat(gone.err()).endsWith("there is no case 'anne'; did you mean 'ann'?; there are: ann\n");
        Told rate = Told.by(List.of("drive", "--rate", "fast"));
        assertThat(rate.exit()).isEqualTo(2);
        assertThat(rate.err())
                .isEqualTo("promise drive: Invalid value for option '--rate': 'fast' is not a double"
                        + " (promise drive --help)\n");
        assertThat(Told.by(List.of("drive", "--within", "soon")).err())
                .isEqualTo("promise drive: Invalid value for option '--within': 'soon' is not a time such as 90s,"
                        + " 30m, 12h or 7d (promise drive --help)\n");
    }
}
