package io.jenkins.plugins.promise.engine;

import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.IOException;
import java.time.Instant;

/** What a {@link Program} needs of whoever runs it. It is never called by two threads at once for one program. */
public interface ProgramHost {
    /**
     * Keeps the program's state. Only when this has returned are the phases and timers of that state started.
     *
     * @throws IOException if it cannot be kept; the program then fails
     */
    void save(byte[] state) throws IOException;

    /**
     * Runs a phase's workers; {@link Program#phaseEnded} is to be called when all have ended. May be called again for
     * the same phase after a restart: what had ended by then must not run again.
     */
    void start(Phase phase);

    /** Ends a phase's workers; nothing needs to be called. */
    void cancel(Phase phase, String why);

    /** Calls {@link Program#timerFired} with that number at that time or soon after it. */
    void wake(int timer, Instant at);

    /** Prints a line into the orchestration's log. */
    void print(String line);

    /** Takes the outcome; nothing is called after that. */
    void ended(Outcome outcome);

    /** The time. */
    Instant now();

    /** Takes note that a script with marks has come to that one. */
    default void marked(int mark) {}

    /** Takes note that the script has declared a worker, in a phase or alone. */
    default void declared(WorkerCall call) {}
}
