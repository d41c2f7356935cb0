package io.jenkins.plugins.promise.environment.work;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jenkins.plugins.promise.environment.Condition;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What came of a piece of work in an environment. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Integrated.class, name = "INTEGRATED"),
    @JsonSubTypes.Type(value = Outcome.Held.class, name = "HELD"),
    @JsonSubTypes.Type(value = Outcome.Released.class, name = "RELEASED"),
    @JsonSubTypes.Type(value = Outcome.PutBack.class, name = "PUT_BACK"),
    @JsonSubTypes.Type(value = Outcome.Torn.class, name = "TORN"),
    @JsonSubTypes.Type(value = Outcome.Lost.class, name = "LOST")
})
public sealed interface Outcome {
    /** Whether what was asked for was reached. */
    boolean good();

    /** One sentence for people. */
    String told();

    private static Set<String> knownOf(Set<String> left) {
        // What an earlier build has saved knows of none.
        return left == null ? Set.of() : new TreeSet<>(left);
    }

    /**
     * Candidates were tested, and it is known of each what becomes of it.
     *
     * @param manifest what is there now; the base if none of them passed
     * @param tested the components that were tested with that manifest
     * @param passed the numbers of the candidates that are in it
     * @param rejected the one that broke something; null if none did
     * @param waiting the numbers of those that must be tested again
     * @param left the components that the rejected one was the first to bring: nothing of them was there to be put back
     */
    record Integrated(
            Head base,
            Manifest manifest,
            List<String> tested,
            List<Long> passed,
            Rejection rejected,
            List<Long> waiting,
            Set<String> left)
            implements Outcome {
        /** Copies what it is given. */
        public Integrated {
            left = knownOf(left);
            tested = new ArrayList<>(tested);
            passed = new ArrayList<>(passed);
            waiting = new ArrayList<>(waiting);
        }

        @Override
        public boolean good() {
            return rejected == null;
        }

        @Override
        public String told() {
            return rejected == null
                    ? "manifest " + manifest.id() + " passed: " + String.join(", ", tested)
                    : rejected.reason();
        }
    }

    /**
     * A candidate that broke something.
     *
     * @param broke the components that failed with it, and not without it
     */
    record Rejection(long candidate, String reason, List<String> broke) {
        /** Copies what it is given. */
        public Rejection {
            broke = new ArrayList<>(broke);
        }
    }

    /**
     * What failed with the candidates failed without them too, or met there what should not be there: nobody is blamed, and
     * the queue rests.
     *
     * @param candidates the numbers of those that must be tested again
     * @param restored whether what is there now is the base
     * @param left the components that should not be there, and must be taken away
     */
    record Held(Head base, String why, List<Long> candidates, boolean restored, Set<String> left) implements Outcome {
        /** Copies what it is given. */
        public Held {
            left = knownOf(left);
            candidates = new ArrayList<>(candidates);
        }

        @Override
        public boolean good() {
            return false;
        }

        @Override
        public String told() {
            return "nobody is blamed, and the queue is held: " + why;
        }
    }

    /** A manifest came to the environment. */
    record Released(Head from, Manifest to, Head.Cause cause) implements Outcome {
        @Override
        public boolean good() {
            return true;
        }

        @Override
        public String told() {
            return "manifest " + to.id() + " is released";
        }
    }

    /** Something could not be released, and what had been is put back. */
    record PutBack(Head from, String why) implements Outcome {
        @Override
        public boolean good() {
            return false;
        }

        @Override
        public String told() {
            return why + "; what was there before was put back";
        }
    }

    /**
     * Something could not be released, and could not be put back either.
     *
     * @param places what is where, by component
     */
    record Torn(String why, Map<String, Condition.Place> places) implements Outcome {
        /** Copies what it is given. */
        public Torn {
            places = new TreeMap<>(places);
        }

        @Override
        public boolean good() {
            return false;
        }

        @Override
        public String told() {
            return "the environment is torn and frozen: " + why;
        }
    }

    /** The lease was gone before the end. */
    record Lost(String why) implements Outcome {
        @Override
        public boolean good() {
            return false;
        }

        @Override
        public String told() {
            return why;
        }
    }
}
