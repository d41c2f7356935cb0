package io.jenkins.plugins.promise.ledger.promise;

/** What became of a promise that was to be taken in. */
public sealed interface Taken {
    /**
     * It is in the ledger.
     *
     * @param promise with its number
     */
    record Accepted(Promise promise) implements Taken {}

    /**
     * Its key belongs to an earlier one, or its call was accepted before; nothing was taken in.
     *
     * @param earlier the one that counts
     * @param fingerprint of the inputs that the key was used with; null for a call
     */
    record Repeated(Promise earlier, String fingerprint) implements Taken {}

    /** The orchestration that calls it has ended; nothing was taken in. */
    record CallerEnded() implements Taken {}
}
