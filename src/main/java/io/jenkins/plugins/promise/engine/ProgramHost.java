package io.jenkins.plugins.promise.engine;

import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentAnswer;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import io.jenkins.plugins.promise.report.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** What a {@link Program} needs of whoever runs it. It is never called by two threads at once for one program. */
public interface ProgramHost {
    /**
     * Keeps the program's state. Only when it is kept are the phases and timers of that state started.
     *
     * @return false if it cannot be kept now; the program waits then, and asks again a little later
     */
    boolean save(byte[] state);

    /**
     * Runs a phase's workers. May be called again for the same phase after a restart: what had ended by then must not run
     * again.
     *
     * @param ended takes a result for each of them when all have ended; by any thread, but not by this call
     */
    void start(Phase phase, Consumer<Map<String, WorkerResult>> ended);

    /** Ends a phase's workers; nobody needs to be told. */
    void cancel(Phase phase, String why);

    /**
     * Asks an environment. May be called again for the same question after a restart.
     *
     * @param question its number in the program
     * @param answered takes the answer when there is one; by any thread, but not by this call
     */
    void ask(int question, EnvironmentCall call, Consumer<EnvironmentAnswer> answered);

    /** Nobody waits for the answer to that question any more; nobody needs to be told. */
    void withdraw(int question, EnvironmentCall call);

    /** Does {@code then} at that time or soon after it; on any thread, but not in this call. */
    void wake(Instant at, Runnable then);

    /** Prints a line into the orchestration's log. */
    void print(String line);

    /**
     * Takes note that the script breaks off by a mistake of its own, which no worker and no {@code error} told; also one
     * that {@code catchError} caught, where the build fails for that. The outcome follows.
     *
     * @param at where in the author's files; line 0 if it is not known
     * @param what what went wrong
     */
    default void crashed(ScriptSource.Location at, String what) {}

    /** Takes the outcome; nothing is called after that. */
    void ended(Outcome outcome);

    /** The time. */
    Instant now();

    /** Takes note that the script runs on this thread now, to watch it. */
    default void running(Slice slice) {}

    /** Takes note that a script with marks has come to that one. */
    default void marked(int mark) {}

    /** Takes note that the script has declared a worker, in a phase or alone. */
    default void declared(WorkerCall call) {}
}
