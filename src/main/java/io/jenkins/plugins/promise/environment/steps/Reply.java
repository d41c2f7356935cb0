package io.jenkins.plugins.promise.environment.steps;

import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;

/** What is known just now of a question. */
public sealed interface Reply {
    /** Its answer. */
    record Now(EnvironmentAnswer answer) implements Reply {
        /** A value. */
        public static Now given(Object value) {
            return new Now(new EnvironmentAnswer.Given(value));
        }

        /** A refusal. */
        public static Now refused(String why) {
            return new Now(new EnvironmentAnswer.Refused(why));
        }
    }

    /**
     * It is asked again later.
     *
     * @param what a word: {@code lease} or {@code approval}
     * @param detail in a sentence, for people
     * @param before how many wait before it; null where that is not the question
     * @param stuck whether a person must help
     */
    record Later(String what, String detail, Integer before, boolean stuck) implements Reply {}
}
