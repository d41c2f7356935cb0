package io.jenkins.plugins.promise.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the docs, and its blocks {@code console}: commands, each with what it prints. A comment before a block says
 * more of it: which test runs it where a shell of its own is not enough; that it goes on in the folder of the one before; or
 * that it is a file, which is written there.
 *
 * @param file where it is, from the top of the repository
 */
public record DocumentedPage(Path file) {
    private static final String FENCE = "```";
    private static final String GOES_ON = "<!-- goes on -->";
    private static final Pattern RUN_BY = Pattern.compile("<!-- run by: (\\w+) -->");
    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->");

    /** All that there are. */
    public static List<DocumentedPage> all() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), docs)
                    .filter(p -> p.toString().endsWith(".md"))
                    .sorted()
                    .map(DocumentedPage::new)
                    .toList();
        }
    }

    /** Its blocks and files, in their order. */
    public List<Block> blocks() throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                continue;
            }
            String before = i == 0 ? "" : lines.get(i - 1);
            int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
            List<String> block = lines.subList(i + 1, end);
            Matcher made = FILE.matcher(before);
            if (made.matches()) {
                blocks.add(new Block(false, Optional.empty(), List.of(written(made.group(1), block, i + 1))));
            } else if (lines.get(i).equals(FENCE + "console")) {
                Matcher by = RUN_BY.matcher(before);
                blocks.add(new Block(
                        !before.equals(GOES_ON),
                        by.matches() ? Optional.of(by.group(1)) : Optional.empty(),
                        commands(block, i + 2)));
            } else {
                int first = i + 2;
                assertThat(block)
                        .as("%s:%d: what is typed into a shell is a block console", file, first)
                        .noneMatch(l -> l.startsWith("$ "));
            }
            i = end;
        }
        return blocks;
    }

    /** The commands of the blocks that a test runs itself. */
    public List<Command> runBy(Class<?> test) throws IOException {
        List<Command> commands = blocks().stream()
                .filter(b -> b.runBy().filter(test.getSimpleName()::equals).isPresent())
                .flatMap(b -> b.commands().stream())
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(commands)
                .as("what %s runs of %s", test.getSimpleName(), file)
                .isNotEmpty();
        return commands;
    }

    private static Command written(String name, List<String> text, int line) {
        return new Command(
                line, "cat > " + name + " << 'END-OF-FILE'\n" + String.join("\n", text) + "\nEND-OF-FILE", List.of());
    }

    private List<Command> commands(List<String> lines, int firstLine) {
        assertThat(lines.get(0))
                .as("%s:%d: a block begins with a command", file, firstLine)
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
            commands.add(new Command(line, text.toString(), lines.subList(from, i)));
        }
        return commands;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /**
     * A block.
     *
     * @param anew whether it begins in a reader's own folder, not where the one before has come to
     * @param runBy the test that runs it, by its simple name; empty for all that a shell is enough for
     */
    public record Block(boolean anew, Optional<String> runBy, List<Command> commands) {}

    /**
     * What is typed.
     *
     * @param line where it stands
     * @param text without the prompt
     * @param printed what the page says that it prints; empty for what is not shown
     */
    public record Command(int line, String text, List<String> printed) {
        /** Whether it goes on beside the next one. */
        public boolean background() {
            return text.endsWith("&");
        }

        /** What it prints, as one text. */
        public String output() {
            return String.join("\n", printed);
        }
    }
}
