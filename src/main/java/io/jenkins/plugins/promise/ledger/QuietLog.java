package io.jenkins.plugins.promise.ledger;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Logs a trouble that comes in thousands, such as a full disk, once a minute, with how often it came since. */
public final class QuietLog {
    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger logger;
    private final AtomicLong last = new AtomicLong(System.nanoTime() - EVERY_NANOS);
    private final AtomicInteger since = new AtomicInteger();

    /** Logs to that logger. */
    public QuietLog(Logger logger) {
        this.logger = logger;
    }

    /**
     * Logs it, unless another was logged in the last minute.
     *
     * @param message what cannot be done
     * @param problem why; only its message is shown
     */
    public void log(String message, Throwable problem) {
        int times = since.incrementAndGet();
        long before = last.get();
        if (System.nanoTime() - before >= EVERY_NANOS && last.compareAndSet(before, System.nanoTime())) {
            since.addAndGet(-times);
            logger.log(Level.SEVERE, "{0} ({1}; {2} such in the last minute)", new Object[] {
                message, problem.getMessage(), times
            });
        }
    }
}
