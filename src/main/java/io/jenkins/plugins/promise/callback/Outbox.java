package io.jenkins.plugins.promise.callback;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the courier takes its parcels from. */
public interface Outbox {
    /**
     * What is to be sent, as JSON.
     *
     * @return nothing if the parcel is out of date: it was brought meanwhile, or another one of it is on its way
     * @throws IOException if it cannot be read just now
     */
    Optional<byte[]> body(Parcel parcel) throws IOException;

    /**
     * Takes note of an attempt.
     *
     * @return what is to be brought next: the same again if it failed, and what waited for it
     */
    List<Parcel> attempted(Parcel parcel, Attempt attempt);
}
