package io.jenkins.plugins.promise.suite.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a shell's script, one for what belongs together: over several lines, in quotes, in {@code if … fi}. */
final class ShellCommands {
    private static final Pattern TOKEN = Pattern.compile(
            "'[^']*'|\"(?:[^\"\\\\]++|\\\\.)*+\"|\\\\.|(?<![^\\s;&|()])#[^\\n]*|\\n|&&|\\|\\|?|\\(\\)|[;&()]|[^\\s;&|()'\"\\\\]+",
            Pattern.DOTALL);
    private static final Set<String> OPEN = Set.of("if", "case", "for", "while", "until", "select", "{", "(", "(){");
    private static final Set<String> CLOSE = Set.of("fi", "esac", "done", "}", ")");
    /** After which a command goes on in the next line. */
    private static final Set<String> GOES_ON = Set.of("&&", "||", "|", "()");
    /** After which a word may be one of the shell's own. */
    private static final Set<String> BEFORE_COMMANDS = Set.of(
            "", "\n", ";", "&", "&&", "|", "||", "(", ")", "()", "{", "then", "do", "else", "elif", "if", "while",
            "until", "!");

    private final String script;
    private final List<Command> commands = new ArrayList<>();
    /** What the text stands in. */
    private final Deque<String> around = new ArrayDeque<>();
    /** Where the command begins; -1 between two. */
    private int begin = -1;

    private ShellCommands(String script) {
        this.script = script;
    }

    /**
     * One command.
     *
     * @param line its first, from 1
     */
    record Command(int line, String text) {}

    /** Those of a script. */
    static List<Command> of(String script) {
        ShellCommands commands = new ShellCommands(HereDocuments.without(script));
        commands.walk();
        return commands.commands;
    }

    private void walk() {
        Matcher token = TOKEN.matcher(script);
        String last = "";
        while (token.find()) {
            String text = token.group();
            if (text.startsWith("#")) {
                continue;
            }
            if (text.equals("\n")) {
                if (around.isEmpty() && !GOES_ON.contains(last)) {
                    ended(token.start());
                }
                last = GOES_ON.contains(last) ? last : text;
                continue;
            }
            begin = begin < 0 ? token.start() : begin;
            nest(text, last);
            last = text;
        }
        ended(script.length());
    }

    private void nest(String text, String last) {
        boolean parenthesis = text.equals("(") || text.equals(")");
        if (!parenthesis && !BEFORE_COMMANDS.contains(last)) {
            return;
        }
        if (OPEN.contains(text)) {
            around.push(text);
        } else if (CLOSE.contains(text) && !around.isEmpty() && around.peek().equals("(") == text.equals(")")) {
            // The pattern of a case ends with a parenthesis that nothing opened.
            around.pop();
        }
    }

    private void ended(int end) {
        if (begin >= 0) {
            int line = 1
                    + (int) script.substring(0, begin)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            commands.add(new Command(line, script.substring(begin, end).strip()));
        }
        begin = -1;
    }
}
