package io.jenkins.plugins.promise.ledger.promise;

/** Where a promise came from. */
public sealed interface Origin {
    /**
     * Somebody outside submitted it.
     *
     * @param key the client's own name for the submission; null for none
     * @param submitter who it was
     */
    record Outside(IdempotencyKey key, Submitter submitter) implements Origin {}

    /**
     * An orchestration called it.
     *
     * @param call the place of the call
     */
    record Called(ParentCall call) implements Origin {
        @Override
        public Submitter submitter() {
            return Submitter.upstream(call.promise());
        }
    }

    /** Who or what asked for it. */
    Submitter submitter();

    /** The same for a job that has that common name now. */
    default Origin renamed(String job) {
        return this instanceof Outside outside && outside.key() != null
                ? new Outside(outside.key().renamed(job), outside.submitter())
                : this;
    }
}
