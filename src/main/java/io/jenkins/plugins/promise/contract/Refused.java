package io.jenkins.plugins.promise.contract;

import io.jenkins.plugins.promise.contract.yaml.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A request that was not accepted; nothing was stored or started. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    /** Why, in kinds that a client can act on. */
    public enum Why {
        /** What was sent breaks the contract or cannot be read. */
        INVALID,
        /** No token came with it. */
        UNAUTHORIZED,
        /** The token does not allow it. */
        FORBIDDEN,
        /** There is no such job or promise. */
        UNKNOWN,
        /** The idempotency key was used with other inputs, or the promise is in a state that does not allow it. */
        CONFLICT,
        /** More was sent than is taken. */
        TOO_LARGE,
        /** The host is stopping, or cannot write to its disk. */
        UNAVAILABLE
    }

    private static final int MOST_SHOWN = 100;

    private final Why why;
    private final transient List<Violation> violations;

    /** A refusal with a message for the client. */
    public Refused(Why why, String message) {
        this(why, message, List.of());
    }

    /** A refusal with everything that is wrong. */
    public Refused(Why why, String message, List<Violation> violations) {
        super(message);
        this.why = why;
        this.violations = new ArrayList<>(violations);
    }

    /** A refusal of something that is not there, with the nearest of what is. */
    public static Refused unknown(String what, String given, Collection<String> known) {
        String safe = given.replaceAll("\\p{Cntrl}", "?");
        String shown = safe.length() > MOST_SHOWN ? safe.substring(0, MOST_SHOWN) + "…" : safe;
        return new Refused(Why.UNKNOWN, "there is no " + what + " '" + shown + "'" + Nearest.hint(given, known));
    }

    /** A refusal of everything, for the controller stops. */
    public static Refused shuttingDown() {
        return new Refused(Why.UNAVAILABLE, "the controller is shutting down; submit again in a moment");
    }

    /** Why. */
    public Why why() {
        return why;
    }

    /** Everything that is wrong; empty where the message says it all. */
    public List<Violation> violations() {
        return violations;
    }
}
