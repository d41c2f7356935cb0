package io.jenkins.plugins.promise.environment.work;

/**
 * What came of an act.
 *
 * @param ok whether it was done, or passed
 * @param reason why not; null if it was
 * @param commit what a probe told; null if it told nothing
 */
public record ActResult(Act act, boolean ok, String reason, String commit) {
    /** It was done, or passed. */
    public static ActResult done(Act act) {
        return new ActResult(act, true, null, null);
    }

    /** A probe told this; null for nothing. */
    public static ActResult told(Act act, String commit) {
        return new ActResult(act, true, null, commit);
    }

    /** It was not done, or did not pass. */
    public static ActResult failed(Act act, String reason) {
        return new ActResult(act, false, reason, null);
    }
}
