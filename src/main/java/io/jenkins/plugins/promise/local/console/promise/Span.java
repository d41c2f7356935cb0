package io.jenkins.plugins.promise.local.console.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A time between two moments, told for people. */
record Span(Duration length) {
    private static final double MILLIS = 1_000;

    /**
     * Between two moments.
     *
     * @param until null if it goes on
     */
    static Span between(Instant from, Instant until, Instant now) {
        return new Span(Duration.between(from, until == null ? now : until));
    }

    @Override
    public String toString() {
        if (length.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, length.toMillis()) / MILLIS);
        }
        if (length.compareTo(Duration.ofHours(1)) < 0) {
            return length.toMinutes() + " min " + length.toSecondsPart() + " s";
        }
        return length.compareTo(Duration.ofDays(1)) < 0
                ? length.toHours() + " h " + length.toMinutesPart() + " min"
                : length.toDays() + " d " + length.toHoursPart() + " h";
    }
}
