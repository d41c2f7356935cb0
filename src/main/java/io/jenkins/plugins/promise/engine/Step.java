package io.jenkins.plugins.promise.engine;

import groovy.lang.Closure;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a script asks of its {@link Program} when it suspends itself. */
sealed interface Step extends Serializable {
    /** Tells that the script has come to a mark. */
    record Mark(int number) implements Step {}

    /** Prints a line. */
    record Echo(String text) implements Step {}

    /** Tells what {@code catchError} caught, and what it makes of the build's result. */
    record Caught(Throwable thrown, String result) implements Step {}

    /** Begins to declare a phase. */
    record BeginPhase(String name, LinkedHashMap<?, ?> options) implements Step {}

    /** Declares a worker in the phase, or runs it alone. */
    record Worker(WorkerCall call) implements Step {}

    /** Queues the declared workers and waits for them. */
    record EndPhase() implements Step {}

    /** Forgets the phase that was being declared. */
    record AbandonPhase() implements Step {}

    /** Checks that the worker is declared that does an act, the last of that many. */
    record ActDeclared(LinkedHashMap<?, ?> act, int acts) implements Step {}

    /** Waits until the branch has an environment for itself. */
    record TakeLease(String environment) implements Step {}

    /** Gives it back. */
    record GiveLeaseBack(String environment) implements Step {}

    /** Waits until somebody has approved a manifest. */
    record AwaitApproval(LinkedHashMap<?, ?> arguments) implements Step {}

    /** Asks an environment something that needs no lease. */
    record Ask(EnvironmentCall call) implements Step {}

    /** Begins to test a candidate in the environment that the branch has. */
    record Integrate(LinkedHashMap<?, ?> plan) implements Step {}

    /** Begins to release to it. */
    record Release(LinkedHashMap<?, ?> arguments) implements Step {}

    /** Tells what workers have made of a turn of the work there. */
    record TellWork(int turn, ArrayList<?> results) implements Step {}

    /** Waits. */
    record Sleep(Duration duration) implements Step {}

    /** Begins to watch the time; returns the watch's number. */
    record BeginTimeout(Duration duration) implements Step {}

    /** Ends the watch of that number. */
    record EndTimeout(int scope) implements Step {}

    /** Runs closures side by side and waits for them. */
    record Parallel(LinkedHashMap<String, Closure<?>> branches, boolean failFast) implements Step {}

    /** Sets the report. */
    record SetReport(ReportedOutcome outcome) implements Step {}

    static <K, V> LinkedHashMap<K, V> copy(Map<K, V> map) {
        return new LinkedHashMap<>(map);
    }
}
