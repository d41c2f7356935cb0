package io.jenkins.plugins.promise.contract;

import java.util.Objects;
import java.util.Optional;

/** The outcome of reading one value: the value, or what is wrong with it. */
public final class Reading {
    private final Object value;
    private final String problem;

    private Reading(Object value, String problem) {
        this.value = value;
        this.problem = problem;
    }

    static Reading of(Object value) {
        return new Reading(Objects.requireNonNull(value), null);
    }

    static Reading refused(String problem) {
        return new Reading(null, Objects.requireNonNull(problem));
    }

    /** What is wrong, as the end of a sentence that begins with the input's name. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * The value: a Boolean, Long, BigDecimal or String.
     *
     * @throws IllegalStateException if there is a {@link #problem()}
     */
    public Object value() {
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
        return value;
    }
}
