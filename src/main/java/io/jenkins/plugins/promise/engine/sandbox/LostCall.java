package io.jenkins.plugins.promise.engine.sandbox;

import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import groovy.lang.Closure;
import io.jenkins.plugins.promise.orchestration.StepException;

/** A closure, step or method of the script was called by something that cannot wait for it, so its value would be lost. */
public final class LostCall extends StepException {
    private static final long serialVersionUID = 1;

    /**
     * A call that is lost.
     *
     * @param called the closure or method of the script
     * @param by what called it
     */
    LostCall(CpsCallableInvocation called, String by) {
        super(told(called, "'" + by + "'"));
    }

    /** In words, where nobody knows what called it. */
    public static String told(CpsCallableInvocation called) {
        return told(called, "what is called here");
    }

    private static String told(CpsCallableInvocation called, String by) {
        if (called.receiver instanceof Closure) {
            return by
                    + " cannot call a closure of the script back; use a for loop, or do it in a method with @NonCPS before it";
        }
        return by + " cannot call '" + called.methodName
                + "', which is a step or a method without @NonCPS; call it from the script itself, or write @NonCPS before a"
                + " method that calls no steps";
    }
}
