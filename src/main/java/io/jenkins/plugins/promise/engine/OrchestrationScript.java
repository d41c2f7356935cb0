package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.Closure;
import io.jenkins.plugins.promise.orchestration.JsonSteps;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.orchestration.StepArguments;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentArguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps that a script calls and that need no body; those with a body are in {@code Steps.groovy}, which extends this
 * and is CPS-transformed like the script itself. A step suspends the script with a {@link Step}, which the
 * {@link Program} carries out.
 */
public abstract class OrchestrationScript extends SerializableScript {
    private static final long serialVersionUID = 1;
    private static final List<String> MESSAGE = List.of("message");
    private static final List<String> SLEEP = List.of("time", "unit");

    /** Prints a line into the orchestration's log. */
    public Object echo(Object text) {
        return suspend("echo", new Step.Echo(message("echo", text)));
    }

    /** Ends the orchestration, or what catches it, with that message. */
    public Object error(Object message) {
        throw new ReportedFailure(message("error", message));
    }

    /** As on Jenkins the text may have its name, {@code message:}. */
    private static String message(String step, Object given) {
        return given instanceof Map<?, ?> named
                ? new StepArguments(step, named, MESSAGE).required("message")
                : String.valueOf(given);
    }

    /** Declares a worker in a phase, or runs one alone. */
    public Object worker(Map<?, ?> arguments) {
        return suspend("worker", new Step.Worker(WorkerCall.of(arguments)));
    }

    /** Sets the report of this orchestration. */
    public Object report(Map<?, ?> arguments) {
        return suspend("report", new Step.SetReport(ReportedOutcome.of(arguments)));
    }

    /** Waits until somebody has approved that manifest for that environment. */
    public Object approval(Map<?, ?> arguments) {
        return suspend("approval", new Step.AwaitApproval(Step.copy(arguments)));
    }

    /** Makes a candidate of commits, or tells what became of one. */
    public Object candidate(Map<?, ?> arguments) {
        return suspend("candidate", new Step.Ask(EnvironmentArguments.candidate(arguments)));
    }

    /** The id of the manifest that an environment has with those commits. */
    public Object manifest(Map<?, ?> arguments) {
        return suspend("manifest", new Step.Ask(EnvironmentArguments.manifest(arguments)));
    }

    /** What a JSON text holds. */
    public Object readJSON(Map<?, ?> arguments) {
        return JsonSteps.read(arguments);
    }

    /** A value as JSON text. */
    public Object writeJSON(Map<?, ?> arguments) {
        return JsonSteps.write(arguments);
    }

    /** Waits that many seconds. */
    public Object sleep(long seconds) {
        return sleep(Map.of("time", seconds));
    }

    /** Waits that many seconds. */
    public Object sleep(Number seconds) {
        return sleep(Map.of("time", seconds));
    }

    /** Waits {@code time} in {@code unit}, seconds if none is given. */
    public Object sleep(Map<?, ?> arguments) {
        return suspend("sleep", new Step.Sleep(new StepArguments("sleep", arguments, SLEEP).duration("SECONDS")));
    }

    /** Runs closures side by side; returns what each returned, by name. */
    public Object parallel(Map<?, ?> arguments) {
        boolean failFast = false;
        LinkedHashMap<String, Closure<?>> branches = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : arguments.entrySet()) {
            String name = entry.getKey().toString();
            if (entry.getValue() instanceof Closure<?> closure) {
                branches.put(name, closure);
            } else if (name.equals("failFast") && entry.getValue() instanceof Boolean flag) {
                failFast = flag;
            } else {
                throw new StepException(
                        "parallel: '" + name + "' must be a closure, as in parallel a: { … }, b: { … }");
            }
        }
        if (branches.isEmpty()) {
            return branches;
        }
        return suspend("parallel", new Step.Parallel(branches, failFast));
    }

    /** For a script with marks: tells that it has come to that one. */
    protected final Object mark(int number) {
        return suspend("mark", new Step.Mark(number));
    }

    /** For the steps with a body: begins a phase. */
    protected final Object beginPhase(String name, Map<?, ?> options) {
        return suspend("beginPhase", new Step.BeginPhase(name, Step.copy(options)));
    }

    /** For the steps with a body: ends a phase. */
    protected final Object endPhase() {
        return suspend("endPhase", new Step.EndPhase());
    }

    /** For the steps with a body: forgets a phase whose body failed. */
    protected final Object abandonPhase() {
        return suspend("abandonPhase", new Step.AbandonPhase());
    }

    /** For the steps with a body: checks that the worker is declared that does an act, the last of that many. */
    protected final Object actDeclared(Map<?, ?> act, int acts) {
        return suspend("actDeclared", new Step.ActDeclared(Step.copy(act), acts));
    }

    /** For the steps with a body: waits for an environment. */
    protected final Object takeLease(String environment) {
        return suspend("takeLease", new Step.TakeLease(environment));
    }

    /** For the steps with a body: gives it back. */
    protected final Object giveLeaseBack(String environment) {
        return suspend("giveLeaseBack", new Step.GiveLeaseBack(environment));
    }

    /** For the steps with a body: begins to test a candidate. */
    protected final Object beginIntegration(Map<?, ?> plan) {
        return suspend("beginIntegration", new Step.Integrate(Step.copy(plan)));
    }

    /** For the steps with a body: begins a release. */
    protected final Object beginRelease(Map<?, ?> arguments) {
        return suspend("beginRelease", new Step.Release(Step.copy(arguments)));
    }

    /** For the steps with a body: tells what workers have made of a turn. */
    protected final Object tellWork(int turn, Map<?, ?> results) {
        return suspend("tellWork", new Step.TellWork(turn, new ArrayList<>(results.values())));
    }

    /** For the steps with a body: tells that something was caught, and what the build's result becomes. */
    protected final Object tellCaughtError(Throwable thrown, String result) {
        return suspend("tellCaughtError", new Step.Caught(thrown, result));
    }

    /** For the steps with a body: begins to watch the time. */
    protected final Object beginTimeout(Map<?, ?> arguments) {
        return suspend(
                "beginTimeout",
                new Step.BeginTimeout(
                        new StepArguments("timeout", arguments, List.of("time", "unit")).duration("MINUTES")));
    }

    /** For the steps with a body: ends a watch. */
    protected final Object endTimeout(int scope) {
        return suspend("endTimeout", new Step.EndTimeout(scope));
    }

    private static Object suspend(String method, Step step) {
        return Continuable.suspend(method, step);
    }
}
