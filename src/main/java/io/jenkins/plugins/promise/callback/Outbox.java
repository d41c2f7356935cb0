package io.jenkins.plugins.promise.callback;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where the courier takes its parcels from. What it throws is noted as a failed attempt, and tried again. */
public interface Outbox {
    /**
     * What is to be sent, as JSON. Asked right before it is sent: what this returns decides, not what was handed over.
     *
     * @return nothing if the parcel is out of date, as {@link Delivery#current} has it, or another one must arrive before it
     * @throws IOException if it cannot be read just now
     */
    Optional<byte[]> body(Parcel parcel) throws IOException;

    /**
     * Takes note of an attempt, and does not wait for the disk. Until it is written, the courier brings this delivery to
     * nobody; if it cannot be written, the delivery is brought again.
     *
     * @return once it is written, what is to be brought next: the same again if it failed, and what waited for it
     */
    CompletableFuture<List<Parcel>> attempted(Parcel parcel, Attempt attempt);

    /**
     * Whom something waits for.
     *
     * @param until deliveries count whose next attempt is due by then
     * @return each as {@link Delivery#receiver} names it, once
     */
    List<String> receiversDue(Instant until) throws IOException;

    /**
     * What waits for a receiver, and may be brought: what is due first comes first.
     *
     * @param until as in {@link #receiversDue}
     * @param most how many at most
     */
    List<Parcel> due(String receiver, Instant until, int most) throws IOException;
}
