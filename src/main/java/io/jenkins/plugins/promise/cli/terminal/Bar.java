package io.jenkins.plugins.promise.cli.terminal;

import io.jenkins.plugins.promise.cli.ending.Interruption;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far something is that takes longer than a second, as one line that is rewritten in place; nothing at all of what is
 * done sooner, and nothing where no terminal shows it. Threads may share it.
 */
public final class Bar implements AutoCloseable {
    /** What is done sooner has no bar. */
    public static final Duration SOON = Duration.ofSeconds(1);

    private static final int REDRAWN_MILLIS = 250;
    private static final long UNKNOWN = -1;

    private final Optional<ProgressBar> bar;
    private final Optional<Interruption> interruption;
    private final PrintWriter above;

    /**
     * A bar that stands at nothing, of it is not known how much.
     *
     * @param what is being done, in a word or two
     */
    public Bar(PrintWriter err, String what) {
        this(err, what, onTerminal(), SOON);
    }

    /**
     * The same for whoever knows better.
     *
     * @param terminal whether a person looks at it
     * @param soon how long nothing is shown
     */
    public Bar(PrintWriter err, String what, boolean terminal, Duration soon) {
        TerminalLine line = new TerminalLine(err, columns(), soon);
        above = new PrintWriter(new LinesAbove(line));
        bar = terminal ? Optional.of(drawn(what, line)) : Optional.empty();
        interruption = bar.map(b -> Interruption.then(line::close));
    }

    /** Whether standard error is a terminal; the launcher finds out, Java cannot. */
    public static boolean onTerminal() {
        return Boolean.getBoolean("promise.terminal");
    }

    private static int columns() {
        return Integer.getInteger("promise.columns", TerminalLine.USUAL_COLUMNS);
    }

    private static ProgressBar drawn(String what, TerminalLine line) {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(UNKNOWN)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setConsumer(line)
                .setUpdateIntervalMillis(REDRAWN_MILLIS)
                .continuousUpdate()
                .clearDisplayOnFinish()
                .hideEta()
                .build();
    }

    /** So much is done of so much. */
    public void at(long done, long of) {
        bar.ifPresent(b -> b.maxHint(of).stepTo(done));
    }

    /** What is being done just now. */
    public void now(String doing) {
        bar.ifPresent(b -> b.setExtraMessage(" " + doing));
    }

    /** What prints lines that stay, above the bar. */
    public PrintWriter above() {
        return above;
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        above.close();
        bar.ifPresent(ProgressBar::close);
        interruption.ifPresent(Interruption::close);
    }
}
