package io.jenkins.plugins.promise.farm.local;

import java.time.Duration;

/** How long it is waited before what ended is started again: at once after a good while, longer each time otherwise. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LAST = Duration.ofSeconds(30);
    private static final Duration GOOD_WHILE = Duration.ofMinutes(1);

    private Duration next = FIRST;

    /** The wait after one that lived so long. */
    Duration after(Duration lived) {
        if (lived.compareTo(GOOD_WHILE) >= 0) {
            next = FIRST;
        }
        Duration wait = next;
        next = next.multipliedBy(2).compareTo(LAST) > 0 ? LAST : next.multipliedBy(2);
        return wait;
    }
}
