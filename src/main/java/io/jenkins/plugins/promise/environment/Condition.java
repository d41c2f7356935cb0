package io.jenkins.plugins.promise.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Whether what is in an environment is what its head says. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Condition.Clean.class, name = "CLEAN"),
    @JsonSubTypes.Type(value = Condition.Dirty.class, name = "DIRTY"),
    @JsonSubTypes.Type(value = Condition.Torn.class, name = "TORN")
})
public sealed interface Condition {
    /** It is. */
    record Clean() implements Condition {}

    /**
     * Nobody knows: whoever gets it next looks, and restores the head first.
     *
     * @param why what happened
     */
    record Dirty(String why, Instant since) implements Condition {}

    /**
     * It is not, and could not be made so: nothing is released there until a person has said that it may go on.
     *
     * @param places what is where, by component
     */
    record Torn(String why, Map<String, Place> places, Instant since) implements Condition {
        /** Copies what it is given. */
        public Torn {
            places = new TreeMap<>(places);
        }
    }

    /**
     * What is there of a component, and what should be.
     *
     * @param there the commit; null if it is not known
     * @param wanted the commit of the head; null if it has none
     */
    record Place(String there, String wanted) {}
}
