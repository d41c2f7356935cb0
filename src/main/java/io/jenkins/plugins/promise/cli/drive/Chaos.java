package io.jenkins.plugins.promise.cli.drive;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How a receiver misbehaves.
 *
 * @param share of the requests, from 0 to 1
 */
record Chaos(double share) {
    /** What it does to a request. */
    enum Deed {
        /** Takes it. */
        NOTHING,
        /** Answers 500. */
        ERROR,
        /** Takes it, and answers much later or not at all. */
        HANG,
        /** Takes it, and closes the connection without an answer. */
        RESET
    }

    Deed next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextDouble() >= share) {
            return Deed.NOTHING;
        }
        return Deed.values()[1 + random.nextInt(Deed.values().length - 1)];
    }
}
