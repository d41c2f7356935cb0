package io.jenkins.plugins.promise.orchestration.environment;

/** What a step gets to what it asked of an environment. */
public sealed interface EnvironmentAnswer {
    /**
     * The step's value.
     *
     * @param value of a lease its fence; else maps, lists, texts, numbers, true, false or null, which the script may keep
     */
    record Given(Object value) implements EnvironmentAnswer {}

    /** The step fails. */
    record Refused(String why) implements EnvironmentAnswer {}
}
