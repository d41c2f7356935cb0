package io.jenkins.plugins.promise.cli.terminal;

import java.io.Writer;

/** What is written here is printed above a bar, a line at a time. */
final class LinesAbove extends Writer {
    private final TerminalLine line;
    private final StringBuilder begun = new StringBuilder();

    LinesAbove(TerminalLine line) {
        this.line = line;
    }

    @Override
    public void write(char[] characters, int from, int length) {
        begun.append(characters, from, length);
        int end = begun.lastIndexOf("\n") + 1;
        if (end > 0) {
            line.above(begun.substring(0, end));
            begun.delete(0, end);
        }
    }

    @Override
    public void flush() {
        // A line that is not whole would be drawn over.
    }

    @Override
    public void close() {
        if (begun.length() > 0) {
            line.above(begun + System.lineSeparator());
            begun.setLength(0);
        }
    }
}
