package io.jenkins.plugins.promise.orchestration;

/** A step was used wrongly or failed; the message is for the script's author. */
public class StepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A failure with that message. */
    public StepException(String message) {
        super(message);
    }
}
