package io.jenkins.plugins.promise.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ProgressBarConsumer;

/** The line of a terminal that a bar is drawn into, again and again; other lines are printed above it. */
final class TerminalLine implements ProgressBarConsumer {
    static final int USUAL_COLUMNS = 80;

    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final int columns;
    private final Instant from;
    private boolean drawn;
    private boolean ended;

    /**
     * A line that is empty for a while.
     *
     * @param columns how wide the terminal is
     * @param soon how long
     */
    TerminalLine(PrintWriter err, int columns, Duration soon) {
        this.err = err;
        this.columns = columns;
        this.from = Instant.now().plus(soon);
    }

    @Override
    public int getMaxRenderedLength() {
        // The cursor needs a place too.
        return columns - 1;
    }

    @Override
    public synchronized void accept(String text) {
        if (ended || Instant.now().isBefore(from)) {
            return;
        }
        drawn = true;
        err.print(ERASE + text);
        err.flush();
    }

    /** Prints whole lines, their ends among them, which stay. */
    synchronized void above(String lines) {
        clear();
        err.print(lines);
        err.flush();
    }

    @Override
    public synchronized void clear() {
        if (drawn) {
            err.print(ERASE);
            err.flush();
            drawn = false;
        }
    }

    /** Nothing is drawn any more, also not by whoever is drawing just now. */
    @Override
    public synchronized void close() {
        clear();
        ended = true;
    }
}
