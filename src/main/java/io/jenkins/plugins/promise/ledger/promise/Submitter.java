package io.jenkins.plugins.promise.ledger.promise;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Who or what submitted a promise.
 *
 * @param kind what of
 * @param name of a user the id; of a token the address that it came from; of something upstream the promise's id, or the
 *     build's; else the host's words for it; null where there is nothing to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Submitter(Kind kind, String name) {
    /** Nobody knows; so it is of what was submitted before submitters were kept. */
    public static final Submitter UNKNOWN = new Submitter(Kind.UNKNOWN, null);
    /** Whoever runs a local controller. */
    public static final Submitter OPERATOR = new Submitter(Kind.OPERATOR, null);
    /** A trigger of the job's own that goes by the clock. */
    public static final Submitter TIMER = new Submitter(Kind.TIMER, null);

    /** What submits promises. */
    public enum Kind {
        /** Somebody whom the host knows. */
        USER,
        /** Whoever has the job's token. */
        TOKEN,
        /** Whoever runs the controller. */
        OPERATOR,
        /** An orchestration, or another build. */
        UPSTREAM,
        /** The clock. */
        TIMER,
        /** Something else. */
        UNKNOWN;

        /** As it is written. */
        @JsonValue
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A kind of which the name must be known has one.
     *
     * @throws IllegalArgumentException if it has none
     */
    public Submitter {
        if (kind == null || (name == null && (kind == Kind.USER || kind == Kind.UPSTREAM))) {
            throw new IllegalArgumentException("a submitter of the kind " + kind + " needs a name");
        }
    }

    /** Whoever it is, in as few words as there are. */
    public String told() {
        return name == null ? kind.keyword() : name;
    }

    /** A user of that id. */
    public static Submitter user(String id) {
        return new Submitter(Kind.USER, id);
    }

    /** Whoever had the job's token, at that address; null if that is not known. */
    public static Submitter token(String address) {
        return new Submitter(Kind.TOKEN, address);
    }

    /** A promise, or a build, of that id. */
    public static Submitter upstream(String id) {
        return new Submitter(Kind.UPSTREAM, id);
    }
}
