package io.jenkins.plugins.promise.callback.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Signing keys that may change, and keep what was good until something better comes. */
final class KeyRing {
    private static final Logger LOGGER = Logger.getLogger(KeyRing.class.getName());

    private final Supplier<List<SigningKey>> source;
    private List<SigningKey> good = List.of();
    private String problem;

    KeyRing(Supplier<List<SigningKey>> source) {
        this.source = source;
    }

    /**
     * The keys to use, at least one.
     *
     * @throws IllegalStateException if there never was one
     */
    synchronized List<SigningKey> current() {
        look();
        if (good.isEmpty()) {
            throw new IllegalStateException("nothing can be signed: " + problem);
        }
        return good;
    }

    /** Why the keys that there are now cannot be used; nothing if they can. */
    synchronized Optional<String> problem() {
        look();
        return Optional.ofNullable(problem);
    }

    private void look() {
        String now;
        try {
            List<SigningKey> given = source.get();
            now = given.isEmpty() ? "there is no signing key" : null;
            if (now == null) {
                good = new ArrayList<>(given);
            }
        } catch (RuntimeException e) {
            now = "the signing keys cannot be read: " + (e.getMessage() == null ? e : e.getMessage());
        }
        if (now != null && !Objects.equals(now, problem)) {
            LOGGER.log(
                    Level.WARNING,
                    good.isEmpty()
                            ? "{0}; nothing is delivered until there is one"
                            : "{0}; deliveries are signed with the keys that were there before",
                    now);
        } else if (now == null && problem != null) {
            LOGGER.info("there are good signing keys again");
        }
        problem = now;
    }
}
