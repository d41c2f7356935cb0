package io.jenkins.plugins.promise.ledger.promise;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which promises are asked for, newest first.
 *
 * @param which by their state
 * @param called whether those that orchestrations have called are shown beside those that came from outside
 * @param job a common name; null for all
 * @param words what they must hold: words, or their beginnings, of id, job, version, reason and inputs; empty for any
 * @param after the id of the last one of the page before; null for the first page
 * @param most how many at most, from 1 to {@link #MOST}
 */
public record PromiseQuery(Which which, boolean called, String job, String words, String after, int most) {
    /** How long a page may be. */
    public static final int MOST = 500;

    /** Checks the length of the page. */
    public PromiseQuery {
        Objects.requireNonNull(which, "which");
        Objects.requireNonNull(words, "words");
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("a page has from 1 to " + MOST + " promises, not " + most);
        }
    }

    /** The first page of those. */
    public static PromiseQuery of(Which which) {
        return new PromiseQuery(which, false, null, "", null, 100);
    }

    /** States, as a list is asked for them. */
    public enum Which {
        /** All there are. */
        ALL("1 = 1"),
        /** Not settled, or with a delivery on its way. */
        OPEN("open = 1"),
        /** Waiting for a build. */
        PENDING("state = 'PENDING'"),
        /** With a build that runs. */
        RUNNING("state = 'RUNNING'"),
        /** Settled with SUCCESS. */
        FULFILLED("state = 'FULFILLED'"),
        /** Settled with FAILURE. */
        REJECTED("state = 'REJECTED'"),
        /** Settled, whatever became of its deliveries. */
        SETTLED("settled IS NOT NULL"),
        /** Settled, and no delivery is on its way. */
        CLOSED("closed IS NOT NULL"),
        /** With a delivery that was given up. */
        UNDELIVERED("given_up > 0");

        private final String condition;

        Which(String condition) {
            this.condition = condition;
        }

        /** In SQL, of a row of {@code promise}; it has no question marks. */
        public String condition() {
            return condition;
        }

        /** Whether it is all of another two or more that a list may be asked for, and says nothing more. */
        public boolean sum() {
            return this == SETTLED || this == CLOSED;
        }

        /** As it stands in a URL. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one of that word; nothing for another word. */
        public static Optional<Which> of(String word) {
            for (Which which : values()) {
                if (which.word().equals(word)) {
                    return Optional.of(which);
                }
            }
            return Optional.empty();
        }
    }
}
