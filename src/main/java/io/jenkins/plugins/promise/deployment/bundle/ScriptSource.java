package io.jenkins.plugins.promise.deployment.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A script made of several files, one after the other, that still knows where each line came from.
 *
 * @param parts in the order in which they are compiled
 */
public record ScriptSource(List<Part> parts) {
    /** Copies what it is given. */
    public ScriptSource {
        parts = new ArrayList<>(parts);
    }

    /** A script of one file. */
    public static ScriptSource of(String file, String text) {
        return new ScriptSource(List.of(new Part(file, text)));
    }

    /** All files as one text; each begins on a line of its own. */
    public String text() {
        return parts.stream().map(p -> p.text() + "\n").collect(Collectors.joining());
    }

    /** Where a line of {@link #text()} came from. */
    public Location at(int line) {
        int start = 1;
        Location last = new Location("", 0);
        for (Part part : parts) {
            int lines = 1 + (int) part.text().chars().filter(c -> c == '\n').count();
            last = new Location(part.file(), Math.min(line - start + 1, lines));
            if (line < start + lines) {
                return last;
            }
            start += lines;
        }
        // The parser complains about a missing end one line behind it.
        return last;
    }

    /**
     * One of the files.
     *
     * @param file its name for error messages
     * @param text its content
     */
    public record Part(String file, String text) {}

    /**
     * A place in one of the files.
     *
     * @param file its name
     * @param line counted from 1; 0 for the file as a whole
     */
    public record Location(String file, int line) {
        @Override
        public String toString() {
            return line > 0 ? file + " line " + line : file;
        }
    }
}
