package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.Continuable;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.engine.compiler.CompiledScript;
import java.time.Duration;

/**
 * A script that runs on a thread, from one step to the next; normally for less than a millisecond. Another thread may watch
 * it, and end it.
 */
public final class Slice {
    private final Thread thread = Thread.currentThread();
    private final long begun = System.nanoTime();
    private final CompiledScript script;
    private final Continuable continuable;
    private boolean over;
    private int told;
    private ScriptSource.Location overran;
    private String why;

    Slice(CompiledScript script, Continuable continuable) {
        this.script = script;
        this.continuable = continuable;
    }

    /**
     * For the loops of scripts, and for what is called in a {@code @NonCPS} method: each comes here every time.
     *
     * @throws Interruption if the script is to end
     */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new Interruption("interrupted", 0);
        }
    }

    /** How long it has been running. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Whether the script has come to a step since, or ended. */
    public synchronized boolean over() {
        return over;
    }

    /**
     * Makes the program fail with that reason and the line where it runs, as soon as it comes to a loop. If it still runs,
     * call it again: then whatever it does next fails.
     *
     * @return how often it was told by now
     */
    public synchronized int overrun(String reason) {
        if (over) {
            return told;
        }
        if (why == null) {
            why = reason;
            overran = place();
        } else {
            continuable.superInterrupt(new Interruption(reason, 0));
        }
        thread.interrupt();
        return ++told;
    }

    /** The line at which the thread is, as far as it shows: that of a {@code @NonCPS} method does. */
    public ScriptSource.Location place() {
        return script.at(thread.getStackTrace());
    }

    /** Ends it as soon as possible; whoever asks has stopped its program before. */
    public synchronized void interrupt() {
        if (!over) {
            continuable.superInterrupt(new Interruption("stopped", 0));
            thread.interrupt();
        }
    }

    /** It has come to a step, or ended. */
    synchronized void end() {
        over = true;
        // An interruption was meant for the script, not for what its thread does next.
        var unused = Thread.interrupted();
    }

    /** Why it was made to end; null if it was not. */
    synchronized String why() {
        return why;
    }

    /** Where it was when it was made to end; line 0 if that did not show. */
    synchronized ScriptSource.Location overranAt() {
        return overran;
    }
}
