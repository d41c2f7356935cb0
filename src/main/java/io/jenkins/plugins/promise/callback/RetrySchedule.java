package io.jenkins.plugins.promise.callback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a delivery that failed is tried again.
 *
 * @param delays after the first failed attempt, after the second, and so on; the last one repeats
 * @param jitter up to which share a delay is lengthened at random, so that retries do not come in step
 * @param giveUpAfter so long after the delivery became ready the last attempt is made
 */
public record RetrySchedule(List<Duration> delays, double jitter, Duration giveUpAfter) {
    /** From a second to a day, for three days. */
    public static final RetrySchedule DEFAULT = new RetrySchedule(
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(4),
                    Duration.ofHours(8),
                    Duration.ofHours(16),
                    Duration.ofDays(1)),
            0.2,
            Duration.ofDays(3));

    /** Checks that there is at least one delay and that none is negative. */
    public RetrySchedule {
        delays = new ArrayList<>(delays);
        if (delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("a retry schedule needs delays, none of them negative");
        }
        if (jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("jitter must be between 0 and 1");
        }
    }

    /**
     * How long to wait.
     *
     * @param failed how many attempts have failed since the schedule began, at least 1
     * @param random between 0 and 1
     */
    public Duration delay(int failed, double random) {
        Duration delay = delays.get(Math.min(failed, delays.size()) - 1);
        return delay.plusMillis(Math.round(delay.toMillis() * jitter * random));
    }
}
