package io.jenkins.plugins.promise.contract;

/** What was sent cannot be read as inputs at all. The message says where and why. */
public final class MalformedInputs extends Exception {
    private static final long serialVersionUID = 1;

    MalformedInputs(String message) {
        super(message);
    }
}
