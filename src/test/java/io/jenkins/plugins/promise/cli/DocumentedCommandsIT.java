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
import java.util.regex.Matcher;
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
 * must print what the page says. What differs from run to run is not compared: versions, ids, times, durations, which of a
 * phase's workers is through first; a line
 * {@code …} stands for any number of lines. A comment before a block says more of it: why it cannot be run; that it goes
 * on in the folder of the one before; or that it is a file, which is written there.
 */
@RunWith(Parameterized.class)
public class DocumentedCommandsIT {
    private static final String NOT_RUN = "<!-- not run: ";
    private static final String GOES_ON = "<!-- goes on -->";
    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->");
    /** Where a page puts what is not in the reader's own folder. */
    private static final String ELSEWHERE = "/tmp/parts";

    private static final String ANYTHING = "…";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Path page;

    public DocumentedCommandsIT(Path page) {
        this.page = page;
    }

    @Parameters(name = "{0}")
    public static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
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
        Files.createSymbolicLink(
                folder.getRoot().toPath().resolve("examples"),
                Path.of("examples").toAbsolutePath());
        int port = freePort();
        try (ConsoleSession session = new ConsoleSession(folder.getRoot().toPath(), port)) {
            for (Command command : commands) {
                if (command.anew()) {
                    session.run("cd " + folder.getRoot());
                }
                String expected = ours(String.join("\n", command.printed()), port);
                String text = ours(command.text(), port);
                String printed = command.background()
                        ? session.runInBackground(text, so -> fits(expected, so))
                        : ended(command, inTheEnd(session, text, expected));
                assertThat(fits(expected, printed))
                        .as("%s:%d: $ %s\nprinted\n%s", page, command.line(), command.text(), printed)
                        .isTrue();
            }
        }
    }

    /** What stands on a page, with a port and a folder of the test's own. */
    private String ours(String text, int port) {
        return text.replace("8080", Integer.toString(port))
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
        return inOrder(text)
                .replaceAll("\\b[0-9a-f]{40}\\b", "COMMIT")
                .replaceAll("\\b[0-9a-f]{16}\\b", "MANIFEST")
                .replaceAll("\\b[0-7][0-9A-HJKMNP-TV-Z]{25}\\b", "ID")
                // What lies in this repository is named after its state.
                .replaceAll("\\bquote-(v[0-9]+-[0-9a-f]{7}|dev-[0-9a-f]{12})", "quote-VERSION")
                .replaceAll("-v([0-9]+)-[0-9a-f]{7}", "-v$1-HASH")
                .replaceAll("-dev-[0-9a-f]{12}", "-dev-HASH")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+Z?", "TIME")
                .replaceAll("[0-9]+(\\.[0-9]+)? (ms|s)\\b", "DURATION")
                .replaceAll("waits for delivery [0-9]+", "waits for delivery N")
                .replaceAll("\r", "")
                .replaceAll("[ \t]+", " ")
                .replaceAll("(?m) +$", "");
    }

    /** Workers of a phase, one after another, by their names. */
    private static String inOrder(String text) {
        List<String> ordered = new ArrayList<>();
        List<String> workers = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.matches("  [✓✗] .*")) {
                workers.add(line);
            } else {
                workers.sort(null);
                ordered.addAll(workers);
                workers.clear();
                ordered.add(line);
            }
        }
        ordered.addAll(workers);
        return String.join("\n", ordered);
    }

    private List<Command> commands(List<String> lines) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String before = i == 0 ? "" : lines.get(i - 1);
            Matcher file = FILE.matcher(before);
            boolean console = lines.get(i).equals("```console");
            if (!console && !file.matches()) {
                continue;
            }
            int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
            List<String> block = lines.subList(i + 1, end);
            if (!console) {
                commands.add(new Command(
                        i + 1,
                        false,
                        "cat > " + file.group(1) + " << 'END-OF-FILE'\n" + String.join("\n", block) + "\nEND-OF-FILE",
                        List.of()));
            } else if (!before.startsWith(NOT_RUN)) {
                commands.addAll(block(block, i + 2, !before.equals(GOES_ON)));
            }
            i = end;
        }
        return commands;
    }

    private List<Command> block(List<String> lines, int firstLine, boolean anew) {
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
            commands.add(new Command(line, anew && commands.isEmpty(), text.toString(), lines.subList(from, i)));
        }
        return commands;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private record Command(int line, boolean anew, String text, List<String> printed) {
        boolean background() {
            return text.endsWith("&");
        }
    }
}
