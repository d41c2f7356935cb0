package io.jenkins.plugins.promise.jenkins.steps.environment;

import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;

/** Who asked something of an environment, and waits. One of the two is told, once. */
interface Asker {
    /** There is an answer. */
    void answered(EnvironmentAnswer answer);

    /**
     * There is none, and will be none: the promise of the build that asks has ended, so that the build is stopped too.
     *
     * @param why what the step ends with, as if it were stopped
     */
    void stopped(Throwable why);
}
