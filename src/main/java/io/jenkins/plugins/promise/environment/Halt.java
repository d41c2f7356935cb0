package io.jenkins.plugins.promise.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * That something rests until a person lets it go on: an environment that is frozen, or a queue that is held because its
 * base is broken.
 *
 * @param who who froze it, or the promise that found the base broken
 * @param left the components that are there and should not be: they are to be taken away before it goes on
 */
public record Halt(
        String who, String why, Instant since, @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> left) {
    /** Copies what it is given. */
    public Halt {
        // What an earlier build has saved knows of none.
        left = left == null ? Set.of() : new TreeSet<>(left);
    }

    /** One in which nothing is that should not be there. */
    public static Halt of(String who, String why, Instant since) {
        return new Halt(who, why, since, Set.of());
    }
}
