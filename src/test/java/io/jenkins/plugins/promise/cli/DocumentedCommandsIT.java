package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/**
 * What the docs show is what people see: each block {@code console} of a page is run in a shell, in the page's order, and
 * must print what the page says. What differs from run to run is not compared: versions, ids, times, durations; a line
 * {@code …} stands for any number of lines. A block that cannot be run says why, in a comment before it.
 */
@RunWith(Parameterized.class)
public class DocumentedCommandsIT {
    private static final String NOT_RUN = "<!-- not run: ";
    private static final String ANYTHING = "…";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Path page;

    public DocumentedCommandsIT(Path page) {
        this.page = page;
    }

    @Parameters(name = "{0}")
    public static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), docs)
                    .filter(p -> p.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    public void commandsPrintWhatThePageSays() throws Exception {
        List<Command> commands = commands(Files.readAllLines(page));
        if (commands.isEmpty()) {
            return;
        }
        int port = freePort();
        try (ConsoleSession session = new ConsoleSession(folder.getRoot().toPath(), port)) {
            for (Command command : commands) {
                if (command.firstOfBlock()) {
                    session.run("cd " + folder.getRoot());
                }
                String expected = String.join("\n", command.printed()).replace("8080", Integer.toString(port));
                String text = command.text().replace("8080", Integer.toString(port));
                String printed = command.background()
                        ? session.runInBackground(text, so -> fits(expected, so))
                        : ended(command, inTheEnd(session, text, expected));
                assertThat(fits(expected, printed))
                        .as("%s:%d: $ %s\nprinted\n%s", page, command.line(), command.text(), printed)
                        .isTrue();
            }
        }
    }

    /** What a command prints; one that tells how far something is, when it is as far as the page has it. */
    private static String inTheEnd(ConsoleSession session, String command, String expected) throws Exception {
        String[] printed = {session.run(command)};
        if (command.startsWith("promise status")) {
            try {
                Eventually.until(command, Duration.ofSeconds(60), () -> {
                    printed[0] = session.run(command);
                    return fits(expected, printed[0].substring(0, printed[0].lastIndexOf(ConsoleSession.EXIT)));
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

    /** Whether a command printed what the page says, with what differs from run to run left out. */
    private static boolean fits(String expected, String printed) {
        if (expected.isBlank()) {
            return true;
        }
        StringBuilder pattern = new StringBuilder();
        for (String line : compared(expected).lines().toList()) {
            if (line.strip().equals(ANYTHING)) {
                pattern.append("(?:.*\n)*?");
            } else if (line.endsWith(ANYTHING)) {
                pattern.append(Pattern.quote(line.substring(0, line.length() - 1)))
                        .append(".*\n");
            } else {
                pattern.append(Pattern.quote(line)).append('\n');
            }
        }
        return Pattern.matches(pattern.append("\n*").toString(), compared(printed) + "\n");
    }

    private static String compared(String text) {
        return text.replaceAll("\\b[0-7][0-9A-HJKMNP-TV-Z]{25}\\b", "ID")
                .replaceAll("-v([0-9]+)-[0-9a-f]{7}", "-v$1-HASH")
                .replaceAll("-dev-[0-9a-f]{12}", "-dev-HASH")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+Z?", "TIME")
                .replaceAll("[0-9]+(\\.[0-9]+)? (ms|s)\\b", "DURATION")
                .replaceAll("waits for delivery [0-9]+", "waits for delivery N")
                .replaceAll("\r", "")
                .replaceAll("[ \t]+", " ")
                .replaceAll("(?m) +$", "");
    }

    private List<Command> commands(List<String> lines) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).equals("```console")) {
                continue;
            }
            boolean skipped = i > 0 && lines.get(i - 1).startsWith(NOT_RUN);
            int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
            if (!skipped) {
                commands.addAll(block(lines.subList(i + 1, end), i + 2));
            }
            i = end;
        }
        return commands;
    }

    private List<Command> block(List<String> lines, int firstLine) {
        assertThat(lines.get(0))
                .as("%s:%d: a block begins with a command", page, firstLine)
                .startsWith("$ ");
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < lines.size(); ) {
            int line = firstLine + i;
            StringBuilder text = new StringBuilder(lines.get(i).substring(2));
            while (lines.get(i++).endsWith("\\")) {
                text.append('\n').append(lines.get(i));
            }
            int from = i;
            while (i < lines.size() && !lines.get(i).startsWith("$ ")) {
                i++;
            }
            commands.add(new Command(line, commands.isEmpty(), text.toString(), lines.subList(from, i)));
        }
        return commands;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private record Command(int line, boolean firstOfBlock, String text, List<String> printed) {
        boolean background() {
            return text.endsWith("&");
        }
    }
}
