package io.jenkins.plugins.promise.acceptance.host;

/** A sealed secret that cannot be opened here: another key sealed it, or it is damaged. The message says which. */
public final class CannotOpen extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** A secret that cannot be opened for that reason. */
    public CannotOpen(String message) {
        super(message);
    }
}
