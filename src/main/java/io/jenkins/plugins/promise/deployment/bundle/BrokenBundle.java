package io.jenkins.plugins.promise.deployment.bundle;

/** A bundle that cannot be taken. */
public final class BrokenBundle extends Exception {
    private static final long serialVersionUID = 1;

    /** The message goes on after "the bundle is refused: ". */
    public BrokenBundle(String message) {
        super(message);
    }
}
