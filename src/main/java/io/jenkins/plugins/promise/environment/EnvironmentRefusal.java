package io.jenkins.plugins.promise.environment;

/** Something that an environment's rules do not allow; nothing was changed. */
public final class EnvironmentRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** In kinds that a caller can act on. */
    public enum Why {
        /** There is no such environment, manifest or candidate. */
        UNKNOWN,
        /** What was asked for makes no sense, whatever the environment is like. */
        INVALID,
        /** It is frozen, torn or held. */
        HALTED,
        /** The manifest has no verdict that counts. */
        UNTESTED,
        /** What the manifest was tested against is no longer there: it must be integrated again. */
        STALE,
        /** Nobody has approved this manifest, or what was approved counts no more. */
        UNAPPROVED,
        /** It would release itself. */
        ITSELF,
        /** Something else has happened since: there is another head, or somebody has the lease. */
        CONFLICT
    }

    private final Why why;

    /** A refusal with a message for whoever asked. */
    public EnvironmentRefusal(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** Why. */
    public Why why() {
        return why;
    }
}
