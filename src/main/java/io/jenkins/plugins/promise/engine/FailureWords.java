package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import io.jenkins.plugins.promise.engine.sandbox.LostCall;
import io.jenkins.plugins.promise.orchestration.StepException;
import java.io.UncheckedIOException;

/** One line for people about anything that can be thrown. */
public final class FailureWords {
    private FailureWords() {}

    /** The line; never null. */
    public static String of(Throwable cause) {
        if (cause instanceof StepException) {
            return cause.getMessage();
        }
        if (cause instanceof CpsCallableInvocation called) {
            return LostCall.told(called);
        }
        if (cause instanceof StackOverflowError) {
            return "calls go too deep (StackOverflowError)";
        }
        if (cause instanceof OutOfMemoryError) {
            return "more memory is needed than the controller has (OutOfMemoryError: " + cause.getMessage() + ")";
        }
        if (cause instanceof LinkageError) {
            return "a class cannot be loaded (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")";
        }
        if (cause instanceof UncheckedIOException) {
            return cause.getMessage();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
