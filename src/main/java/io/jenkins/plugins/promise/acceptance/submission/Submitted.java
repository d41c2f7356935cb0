package io.jenkins.plugins.promise.acceptance.submission;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A submission that was judged: it was refused, or is on its way into the ledger. */
public final class Submitted {
    private static final Logger LOGGER = Logger.getLogger(Submitted.class.getName());
    private static final String NOT_ACCEPTED = "the submission could not be written down, and nothing was accepted";

    private final Answer answer;
    private final boolean comesLater;

    private Submitted(Answer answer, boolean comesLater) {
        this.answer = answer;
        this.comesLater = comesLater;
    }

    /**
     * It is on its way.
     *
     * @param key its idempotency key; null for none
     */
    static Submitted of(CompletableFuture<Taken> taken, IdempotencyKey key) {
        return new Submitted(() -> accepted(Awaited.written(taken, NOT_ACCEPTED), key), false);
    }

    static Submitted refused(Refused why) {
        return new Submitted(
                () -> {
                    throw why;
                },
                why.why() == Refused.Why.UNAVAILABLE);
    }

    /** It could not be judged. */
    static Submitted failed(RuntimeException problem) {
        return new Submitted(
                () -> {
                    throw problem;
                },
                true);
    }

    /** Whether those that were submitted after it could overtake it, if they were accepted now and it later. */
    boolean comesLater() {
        return comesLater;
    }

    /**
     * The promise, once it is on disk.
     *
     * @throws Refused if it is not accepted; nothing was stored then
     * @throws RuntimeException if it could not be judged, for a fault of the disk
     */
    public Accepted accepted() throws Refused {
        return answer.accepted();
    }

    /** The promise, once it is on disk; nothing if it is not accepted, of which {@link #accepted} tells why. */
    public Optional<Accepted> ifAccepted() {
        try {
            return Optional.of(accepted());
        } catch (Refused | RuntimeException e) {
            LOGGER.log(Level.FINE, "told to whoever has submitted it", e);
            return Optional.empty();
        }
    }

    private static Accepted accepted(Taken taken, IdempotencyKey key) throws Refused {
        if (taken instanceof Taken.Accepted accepted) {
            return new Accepted(accepted.promise(), false);
        }
        if (taken instanceof Taken.Repeated earlier) {
            return repeated(earlier, key);
        }
        throw new Refused(Refused.Why.CONFLICT, "the orchestration that calls it has ended");
    }

    private static Accepted repeated(Taken.Repeated earlier, IdempotencyKey key) throws Refused {
        if (key != null && !earlier.fingerprint().equals(key.fingerprint())) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "this Idempotency-Key was used with other inputs, for the promise "
                            + earlier.earlier().id());
        }
        return new Accepted(earlier.earlier(), true);
    }

    /** What became of it. */
    private interface Answer {
        Accepted accepted() throws Refused;
    }
}
