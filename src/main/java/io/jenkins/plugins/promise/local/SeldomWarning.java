package io.jenkins.plugins.promise.local;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A warning about something that many meet at once and again and again: one line a minute at most. */
final class SeldomWarning {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger logger;
    private boolean told;
    private long lastNanos;

    SeldomWarning(Logger logger) {
        this.logger = logger;
    }

    synchronized void tell(String line) {
        long now = System.nanoTime();
        if (!told || now - lastNanos > PAUSE_NANOS) {
            told = true;
            lastNanos = now;
            logger.log(Level.WARNING, line);
        }
    }
}
