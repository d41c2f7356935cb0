package io.jenkins.plugins.promise.callback;

import java.time.Duration;

/**
 * What the courier may use.
 *
 * @param perReceiver requests under way at once to one receiver
 * @param perFailingReceiver the same to a receiver that has been failing, until it takes one
 * @param connect time for a connection; also for finding the addresses of a name
 * @param total time for a whole request, its answer's body included
 * @param answerBytes how much of an answer's body is read
 * @param poll how often the outbox is asked what waits in it
 * @param held how many parcels to one receiver are in memory at once; the others stay in the outbox
 * @param unwritten how many attempts may wait to be written before no more are made
 * @param connections how many connections there are at once, to all receivers
 * @param idleConnections how many of them stay open for a next request
 * @param idle how long one stays open for that
 */
public record CourierLimits(
        int perReceiver,
        int perFailingReceiver,
        Duration connect,
        Duration total,
        int answerBytes,
        Duration poll,
        int held,
        int unwritten,
        int connections,
        int idleConnections,
        Duration idle) {
    /** Sixteen at once, ten seconds to connect, thirty in all. */
    public static final CourierLimits DEFAULT =
            new CourierLimits(16, 2, Duration.ofSeconds(10), Duration.ofSeconds(30), 2_048);

    /** Limits of which only those that depend on the receivers are chosen. */
    public CourierLimits(int perReceiver, int perFailingReceiver, Duration connect, Duration total, int answerBytes) {
        this(
                perReceiver,
                perFailingReceiver,
                connect,
                total,
                answerBytes,
                Duration.ofSeconds(3),
                256,
                1_024,
                4_096,
                32,
                Duration.ofSeconds(5));
    }
}
