package io.jenkins.plugins.promise.suite.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text in a shell's script that is none of its commands: what stands between {@code <<END} and {@code END}. */
public final class HereDocuments {
    /** Neither {@code <<<} nor a shift, as in {@code $((1<<4))}. */
    private static final Pattern BEGINS =
            Pattern.compile("(?<!<)<<(?!<)(-?)\\s*(?:\\\\?([A-Za-z_][\\w.-]*)|'([^'\\n]+)'|\"([^\"\\n]+)\")");

    private static final Pattern COMMENT = Pattern.compile("\\s*#.*");

    private HereDocuments() {}

    private record End(String word, boolean tabs) {
        boolean is(String line) {
            return word.equals(tabs ? line.replaceFirst("^\\t+", "") : line);
        }
    }

    /** The script with as many lines, those of such documents empty. */
    public static String without(String script) {
        List<String> lines = script.lines().toList();
        StringBuilder rest = new StringBuilder();
        Deque<End> ends = new ArrayDeque<>();
        for (int number = 0; number < lines.size(); number++) {
            String line = lines.get(number);
            if (!ends.isEmpty()) {
                if (ends.peek().is(line)) {
                    ends.poll();
                }
            } else {
                rest.append(line);
                if (!COMMENT.matcher(line).matches()) {
                    begun(line, lines.subList(number + 1, lines.size()), ends);
                }
            }
            rest.append('\n');
        }
        return rest.toString();
    }

    /** Those that a line begins. What has no end below is none: it stands in quotes, or in an expression. */
    private static void begun(String line, List<String> below, Deque<End> ends) {
        Matcher begins = BEGINS.matcher(line);
        while (begins.find()) {
            String word = begins.group(2) != null
                    ? begins.group(2)
                    : begins.group(3) != null ? begins.group(3) : begins.group(4);
            End end = new End(word, !begins.group(1).isEmpty());
            if (below.stream().anyMatch(end::is)) {
                ends.add(end);
            }
        }
    }
}
