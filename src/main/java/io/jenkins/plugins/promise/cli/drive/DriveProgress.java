package io.jenkins.plugins.promise.cli.drive;

import io.jenkins.plugins.promise.cli.ending.Interruption;
import io.jenkins.plugins.promise.cli.terminal.Bar;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** How far a drive is: on a terminal a bar; else a line now and then, by which a build's log shows that it goes on. */
final class DriveProgress implements AutoCloseable {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Supplier<DriveSummary> summary;
    private final Bar bar;
    private final Interruption interruption;
    private final Instant began = Instant.now();
    private Instant next = began;

    /**
     * Progress that is shown there.
     *
     * @param summary what it has come to
     * @param interrupted what is still to be told of a drive that is ended in the middle, when the bar is gone
     */
    DriveProgress(PrintWriter err, Supplier<DriveSummary> summary, Runnable interrupted) {
        this.summary = summary;
        this.bar = new Bar(err, "reports");
        this.interruption = Interruption.then(() -> {
            bar.close();
            interrupted.run();
        });
    }

    /** Shows it as it is now. */
    void show() {
        Instant now = Instant.now();
        if (Bar.onTerminal()) {
            DriveSummary so = summary.get();
            bar.at(so.delivered(), so.count());
            bar.now(so.line());
        } else if (!now.isBefore(next)) {
            next = now.plus(BETWEEN_LINES);
            bar.above()
                    .println(Duration.between(began, now).toSeconds() + " s: "
                            + summary.get().line());
        }
    }

    @Override
    public void close() {
        interruption.close();
        bar.close();
    }
}
