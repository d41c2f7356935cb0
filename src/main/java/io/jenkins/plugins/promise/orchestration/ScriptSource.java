package io.jenkins.plugins.promise.orchestration;

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
        for (Part part : parts) {
            int lines = 1 + (int) part.text().chars().filter(c -> c == '\n').count();
            if (line < start + lines) {
                return new Location(part.file(), line - start + 1);
            }
            start += lines;
        }
        return new Location(parts.get(parts.size() - 1).file(), 0);
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
