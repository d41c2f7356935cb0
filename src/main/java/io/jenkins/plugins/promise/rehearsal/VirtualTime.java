package io.jenkins.plugins.promise.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps to whatever happens next. */
final class VirtualTime {
    private static final Instant BEGINNING = Instant.EPOCH;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private Instant now = BEGINNING;
    private int lastEvent;

    Instant now() {
        return now;
    }

    /** How much time has passed. */
    Duration passed() {
        return Duration.between(BEGINNING, now);
    }

    /** Foresees something; what is foreseen for the same time happens in the order in which it was foreseen. */
    void at(Instant time, Runnable happens) {
        events.add(new Event(time, ++lastEvent, happens));
    }

    /** Goes to what happens next, and returns it. */
    Runnable next() {
        Event next = events.remove();
        now = next.at();
        return next.happens();
    }

    private record Event(Instant at, int number, Runnable happens) {}
}
