package io.jenkins.plugins.promise.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How far a candidate has come. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CandidateState.Waiting.class, name = "WAITING"),
    @JsonSubTypes.Type(value = CandidateState.Integrating.class, name = "INTEGRATING"),
    @JsonSubTypes.Type(value = CandidateState.Passed.class, name = "PASSED"),
    @JsonSubTypes.Type(value = CandidateState.Released.class, name = "RELEASED"),
    @JsonSubTypes.Type(value = CandidateState.Rejected.class, name = "REJECTED"),
    @JsonSubTypes.Type(value = CandidateState.Replaced.class, name = "REPLACED")
})
public sealed interface CandidateState {
    /** It has not begun. */
    record Waiting() implements CandidateState {}

    /**
     * It is being tested.
     *
     * @param fence of the lease under which it is
     */
    record Integrating(long fence) implements CandidateState {}

    /**
     * It is in a manifest that passed.
     *
     * @param manifest its id
     */
    record Passed(String manifest) implements CandidateState {}

    /**
     * It is in a manifest that came to the environment whose head it was tested against.
     *
     * @param environment that environment
     */
    record Released(String environment, String manifest) implements CandidateState {}

    /**
     * It broke something.
     *
     * @param broke the components whose release or integration failed with it, and not without it
     */
    record Rejected(String reason, List<String> broke) implements CandidateState {
        /** Copies what it is given. */
        public Rejected {
            broke = new ArrayList<>(broke);
        }
    }

    /**
     * A newer one brings what it brought.
     *
     * @param by the number of that one
     */
    record Replaced(long by) implements CandidateState {}

    /** Whether nothing more becomes of it by itself. */
    default boolean settled() {
        return !(this instanceof Waiting || this instanceof Integrating);
    }

    /** The word for it. */
    default String word() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }
}
