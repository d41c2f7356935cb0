package io.jenkins.plugins.promise.acceptance;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import java.util.concurrent.CompletableFuture;

/** A submission that was judged: it was refused, or is on its way into the ledger. */
public final class Submitted {
    private static final String NOT_ACCEPTED = "the submission could not be written down, and nothing was accepted";

    private final IdempotencyKey key;
    private final CompletableFuture<Taken> taken;
    private final Refused refused;
    private final RuntimeException problem;

    private Submitted(IdempotencyKey key, CompletableFuture<Taken> taken, Refused refused, RuntimeException problem) {
        this.key = key;
        this.taken = taken;
        this.refused = refused;
        this.problem = problem;
    }

    /**
     * It is on its way.
     *
     * @param key its idempotency key; null for none
     */
    static Submitted of(CompletableFuture<Taken> taken, IdempotencyKey key) {
        return new Submitted(key, taken, null, null);
    }

    static Submitted refused(Refused why) {
        return new Submitted(null, null, why, null);
    }

    /** It could not be judged. */
    static Submitted failed(RuntimeException problem) {
        return new Submitted(null, null, null, problem);
    }

    /** Whether those that were submitted after it could overtake it, if they were accepted now and it later. */
    boolean comesLater() {
        return problem != null || (refused != null && refused.why() == Refused.Why.UNAVAILABLE);
    }

    /**
     * The promise, once it is on disk.
     *
     * @throws Refused if it is not accepted; nothing was stored then
     * @throws RuntimeException if it could not be judged, for a fault of the disk
     */
    public Accepted accepted() throws Refused {
        if (refused != null) {
            throw refused;
        }
        if (problem != null) {
            throw problem;
        }
        Taken answer = Awaited.written(taken, NOT_ACCEPTED);
        if (answer instanceof Taken.Accepted accepted) {
            return new Accepted(accepted.promise(), false);
        }
        if (answer instanceof Taken.Repeated earlier) {
            return repeated(earlier);
        }
        throw new Refused(Refused.Why.CONFLICT, "the orchestration that calls it has ended");
    }

    private Accepted repeated(Taken.Repeated earlier) throws Refused {
        if (key != null && !earlier.fingerprint().equals(key.fingerprint())) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "this Idempotency-Key was used with other inputs, for the promise "
                            + earlier.earlier().id());
        }
        return new Accepted(earlier.earlier(), true);
    }
}
