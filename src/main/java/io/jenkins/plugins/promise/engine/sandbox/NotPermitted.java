package io.jenkins.plugins.promise.engine.sandbox;

import io.jenkins.plugins.promise.orchestration.StepException;

/** A script uses what it may not; in the words of the sandbox of Jenkins. */
final class NotPermitted extends StepException {
    private static final long serialVersionUID = 1;

    /** @param member what it uses, as in {@code staticMethod java.lang.System exit int} */
    NotPermitted(String member) {
        super("Scripts not permitted to use " + member);
    }
}
