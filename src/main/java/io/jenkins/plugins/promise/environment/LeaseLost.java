package io.jenkins.plugins.promise.environment;

/** Whoever wants to change an environment has its lease no more: nothing was changed, and what it does there is to be stopped. */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The refusal of everything that this holder wants to do there. */
    public LeaseLost(String environment, String holder, long fence) {
        super("the lease " + fence + " of the environment " + environment + " is no longer " + holder
                + "'s: it has expired or was given back, and nothing was changed");
    }
}
