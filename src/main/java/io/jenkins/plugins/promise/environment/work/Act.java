package io.jenkins.plugins.promise.environment.work;

import io.jenkins.plugins.promise.environment.Entry;

/**
 * Something to be done in an environment. It may be done again after a restart.
 *
 * @param entry what is released; for a probe and a test what is to be there
 */
public record Act(Kind kind, String component, Entry entry) {
    /** What is done. */
    public enum Kind {
        /** Asks which commit of the component runs. */
        PROBE,
        /** Makes the environment run the commit. */
        RELEASE,
        /** Tests the component among the others. */
        INTEGRATION
    }
}
