package io.jenkins.plugins.promise.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a page of the docs says that a command prints, beside what it printed. What differs from run to run is not compared:
 * versions, ids, times, durations, which of a phase's workers is through first; a line {@code …} stands for any number of
 * lines, {@code …} at the end of one for the rest of it.
 */
public final class DocumentedOutput {
    private static final String ANYTHING = "…";

    private DocumentedOutput() {}

    /** Whether a command printed what the page says, with what differs from run to run left out. */
    public static boolean fits(String expected, String printed) {
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
                .replaceAll("queue/item/[0-9]+", "queue/item/N")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "INSTANT")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}", "TIME")
                .replaceAll("[0-9]+(\\.[0-9]+)? (ms|s)\\b", "DURATION")
                .replaceAll("\\bkill [0-9]+", "kill PID")
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
}
