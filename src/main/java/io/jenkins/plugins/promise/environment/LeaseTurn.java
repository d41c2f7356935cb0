package io.jenkins.plugins.promise.environment;

/** What becomes of who asks for a lease. */
public sealed interface LeaseTurn {
    /** It has it. */
    record Granted(Lease lease) implements LeaseTurn {}

    /**
     * It waits.
     *
     * @param holder who has it now; null while nobody does
     * @param before how many come before it, the holder among them
     */
    record Waiting(String holder, int before) implements LeaseTurn {}
}
