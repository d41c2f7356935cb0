package io.jenkins.plugins.promise.ledger.promise;

/** Where a promise came from. */
public sealed interface Origin {
    /**
     * Somebody outside submitted it.
     *
     * @param key the client's own name for the submission; null for none
     */
    record Outside(IdempotencyKey key) implements Origin {
        /** Without a key. */
        public static final Outside WITHOUT_KEY = new Outside(null);
    }

    /**
     * An orchestration called it.
     *
     * @param call the place of the call
     */
    record Called(ParentCall call) implements Origin {}
}
