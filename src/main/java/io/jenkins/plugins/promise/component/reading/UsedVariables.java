package io.jenkins.plugins.promise.component.reading;

import io.jenkins.plugins.promise.suite.script.HereDocuments;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables that a bash script needs: it ends where one of them is not set, and nothing stands for it there. */
final class UsedVariables {
    /** With what stands for it where it is not set, or tells that it is not. */
    private static final Pattern USE =
            Pattern.compile("\\G\\$(?:\\{#?([A-Za-z_]\\w*)(?!\\w)(?!:?[-+=?])|([A-Za-z_]\\w*))");
    /** What may set any variable. */
    private static final Pattern UNKNOWABLE =
            Pattern.compile("(?m)(^|[;&|({]|\\bthen|\\bdo|\\belse)\\s*(\\.|source|eval)\\s");

    private final String script;
    private final List<Use> uses = new ArrayList<>();
    /** What the text around stands in: {@code "} or {@code (}. */
    private final Deque<Character> around = new ArrayDeque<>();

    private UsedVariables(String script) {
        this.script = script;
    }

    /**
     * A variable.
     *
     * @param line of the script, from 0
     */
    record Use(String name, int line) {}

    /** Those that the script itself does not set, in its order; none where nobody can know what is set. */
    static List<Use> in(String script) {
        if (UNKNOWABLE.matcher(script).find()) {
            return List.of();
        }
        UsedVariables used = new UsedVariables(HereDocuments.without(script));
        used.walk();
        return used.uses.stream().filter(use -> !named(use.name(), script)).toList();
    }

    /** Whether it stands there without a dollar, set, read, declared, or a word of a loop; or is known not to be set always. */
    private static boolean named(String name, String script) {
        return Pattern.compile("(?<![\\w$#])(?<!\\$\\{)" + name + "(?!\\w)|\\$\\{" + name + ":?[-=+?]")
                .matcher(script)
                .find();
    }

    private void walk() {
        Matcher use = USE.matcher(script);
        int line = 0;
        for (int at = 0; at < script.length(); at++) {
            char c = script.charAt(at);
            boolean quoted = around.peek() != null && around.peek() == '"';
            if (c == '\\') {
                at++;
                line += at < script.length() && script.charAt(at) == '\n' ? 1 : 0;
            } else if (c == '\n') {
                line++;
            } else if (c == '"') {
                if (quoted) {
                    around.pop();
                } else {
                    around.push(c);
                }
            } else if (!quoted && c == '\'') {
                int end = script.indexOf('\'', at + 1);
                String text = end < 0 ? script.substring(at) : script.substring(at, end);
                line += (int) text.chars().filter(t -> t == '\n').count();
                at = end < 0 ? script.length() : end;
            } else if (!quoted && c == '#' && (at == 0 || Character.isWhitespace(script.charAt(at - 1)))) {
                int end = script.indexOf('\n', at);
                at = end < 0 ? script.length() : end - 1;
            } else if (!quoted && c == '(') {
                around.push(c);
            } else if (!quoted && c == ')' && !around.isEmpty()) {
                around.pop();
            } else if (c == '$') {
                at += dollar(use, at, line);
            }
        }
    }

    /** Notes what is used there; how much of the text is to be passed over. */
    private int dollar(Matcher use, int at, int line) {
        if (use.find(at)) {
            uses.add(new Use(use.group(1) == null ? use.group(2) : use.group(1), line));
        } else if (script.startsWith("$(", at)) {
            around.push('(');
            return 1;
        } else if (script.startsWith("$$", at)) {
            return 1;
        }
        return 0;
    }
}
