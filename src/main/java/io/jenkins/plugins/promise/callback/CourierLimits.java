package io.jenkins.plugins.promise.callback;

import java.time.Duration;

/**
 * What the courier may use.
 *
 * @param perReceiver requests under way at once to one receiver
 * @param perFailingReceiver the same to a receiver that has been failing, until it takes one
 * @param connect time for a connection
 * @param total time for a whole request, its answer's body included
 * @param answerBytes how much of an answer's body is read
 */
public record CourierLimits(
        int perReceiver, int perFailingReceiver, Duration connect, Duration total, int answerBytes) {
    /** Sixteen at once, ten seconds to connect, thirty in all. */
    public static final CourierLimits DEFAULT =
            new CourierLimits(16, 2, Duration.ofSeconds(10), Duration.ofSeconds(30), 2_048);
}
