package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.DocumentedOutput;
import io.jenkins.plugins.promise.testing.DocumentedPage;
import io.jenkins.plugins.promise.testing.DocumentedPage.Block;
import io.jenkins.plugins.promise.testing.DocumentedPage.Command;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/**
 * What the docs show is what people see: each block {@code console} of a page is run in a shell, in the page's order, and
 * must print what the page says. Those that need more than a shell are run by other tests, which the page names.
 */
@Category(Whole.class)
@RunWith(Parameterized.class)
public class DocumentedCommandsIT {
    /** Where a page puts what is not in the reader's own folder. */
    private static final String ELSEWHERE = "/tmp/parts";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final DocumentedPage page;
    /** Where pages have a second controller, and a receiver of their own. */
    private final int another;

    private final int receiver;

    public DocumentedCommandsIT(DocumentedPage page) throws IOException {
        this.page = page;
        this.another = freePort();
        this.receiver = freePort();
    }

    @Parameters(name = "{0}")
    public static List<DocumentedPage> pages() throws IOException {
        return DocumentedPage.all();
    }

    @Test
    public void commandsPrintWhatThePageSays() throws Exception {
        List<Block> blocks =
                page.blocks().stream().filter(b -> b.runBy().isEmpty()).toList();
        if (blocks.isEmpty()) {
            return;
        }
        Files.createSymbolicLink(
                folder.getRoot().toPath().resolve("examples"),
                Path.of("examples").toAbsolutePath());
        lay(folder.getRoot().toPath());
        int port = freePort();
        try (ConsoleSession session = new ConsoleSession(folder.getRoot().toPath(), port)) {
            for (Block block : blocks) {
                if (block.anew()) {
                    session.run("cd " + folder.getRoot());
                }
                for (Command command : block.commands()) {
                    run(command, session, port);
                }
            }
        }
    }

    /** What readers of the page have that is not made on it. */
    private void lay(Path here) throws IOException {
        String name = page.file().getFileName().toString().replace(".md", "");
        Path there = Path.of("src/test/resources/documented", name);
        if (Files.isDirectory(there)) {
            try (Stream<Path> files = Files.list(there)) {
                for (Path file : files.toList()) {
                    Files.copy(file, here.resolve(file.getFileName()));
                }
            }
        }
    }

    private void run(Command command, ConsoleSession session, int port) throws Exception {
        String expected = ours(command.output(), port);
        String text = ours(command.text(), port);
        String printed = command.background()
                ? session.runInBackground(text, so -> DocumentedOutput.fits(expected, so))
                : ended(command, inTheEnd(session, text, expected));
        assertThat(DocumentedOutput.fits(expected, printed))
                .as("%s:%d: $ %s\nprinted\n%s", page, command.line(), command.text(), printed)
                .isTrue();
    }

    /** What stands on a page, with a port and a folder of the test's own. */
    private String ours(String text, int port) {
        return text.replace("8080", Integer.toString(port))
                .replace("8081", Integer.toString(another))
                .replace("8099", Integer.toString(receiver))
                .replace(
                        ELSEWHERE,
                        folder.getRoot().toPath().resolve("elsewhere").toString());
    }

    /** What a command prints; one that tells how far something is, when it is as far as the page has it. */
    private static String inTheEnd(ConsoleSession session, String command, String expected) throws Exception {
        String[] printed = {session.run(command)};
        if (command.startsWith("promise status")) {
            try {
                Eventually.until(command, Duration.ofSeconds(60), () -> {
                    printed[0] = session.run(command);
                    return DocumentedOutput.fits(
                            expected, printed[0].substring(0, printed[0].lastIndexOf(ConsoleSession.EXIT)));
                });
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + ", last printed\n" + printed[0], e);
            }
        }
        return printed[0];
    }

    /** What a command printed; one whose page shows nothing of it must have ended well. */
    private String ended(Command command, String printed) {
        int end = printed.lastIndexOf(ConsoleSession.EXIT);
        if (command.printed().isEmpty()) {
            assertThat(printed.substring(end).strip())
                    .as("%s:%d: $ %s\nprinted\n%s", page, command.line(), command.text(), printed)
                    .isEqualTo(ConsoleSession.EXIT + 0);
        }
        return printed.substring(0, end);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
