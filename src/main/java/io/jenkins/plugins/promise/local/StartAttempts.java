package io.jenkins.plugins.promise.local;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How often workers could not be started for a fault of the machine, and when it is tried again. However many there are,
 * the log gets one line a minute.
 */
final class StartAttempts {
    private static final Logger LOGGER = Logger.getLogger(StartAttempts.class.getName());
    private static final int MOST = 20;
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private int untold;
    private long told = System.nanoTime() - BETWEEN_LINES.toNanos();

    /**
     * Takes note of a failed start.
     *
     * @return after how many milliseconds it is tried again; nothing if it was tried often enough
     */
    OptionalLong failed(String promiseId, String reason) {
        tell(reason);
        int count = failures.merge(promiseId, 1, Integer::sum);
        if (count >= MOST) {
            failures.remove(promiseId);
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(count - 1, 6)));
    }

    /** Takes note that a worker was started. */
    void done(String promiseId) {
        failures.remove(promiseId);
    }

    private synchronized void tell(String reason) {
        untold++;
        if (System.nanoTime() - told >= BETWEEN_LINES.toNanos()) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} workers could not be started, and are tried again; the last one: {1}",
                    new Object[] {untold, reason});
            told = System.nanoTime();
            untold = 0;
        }
    }
}
