package io.jenkins.plugins.promise.engine;

import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.engine.compiler.CompiledScript;
import io.jenkins.plugins.promise.report.BuildResult;
import java.io.NotSerializableException;
import java.util.List;

/** Tells what failed in a script in the words of its author, with file and line. */
final class ScriptFailures {
    private static final List<String> STEPS = List.of(
            "phase",
            "worker",
            "report",
            "inputs",
            "echo",
            "error",
            "retry",
            "timeout",
            "sleep",
            "parallel",
            "stage",
            "catchError",
            "readJSON",
            "writeJSON",
            "println",
            "params",
            "env",
            "currentBuild");

    private static final int MOST_CALLS = 20;

    private final CompiledScript script;
    private final ProgramHost host;
    /** The first that {@code catchError} caught; null while there is none. */
    private Mistake mistake;

    /**
     * The words for failures of a script.
     *
     * @param host told of those that are mistakes of the script
     */
    ScriptFailures(CompiledScript script, ProgramHost host) {
        this.script = script;
        this.host = host;
    }

    /**
     * What an exception tells that ended the script.
     *
     * @param standing where the script stands, if the exception does not know
     */
    BuildResult of(Throwable thrown, List<StackTraceElement> standing) {
        Throwable cause =
                thrown instanceof ExceptionInInitializerError && thrown.getCause() != null ? thrown.getCause() : thrown;
        String message = told(cause);
        return cause instanceof ReportedFailure ? new BuildResult(false, message) : at(cause, standing, message);
    }

    /** Keeps a mistake that {@code catchError} caught, where it spoils the build's result. */
    void caught(Step.Caught step) {
        Throwable thrown = step.thrown();
        if (mistake == null
                && !(thrown instanceof ReportedFailure)
                && !step.result().equals("SUCCESS")) {
            mistake = new Mistake(script.at(thrown.getStackTrace()), told(thrown));
        }
    }

    /** Tells the host of the mistake that was caught, if there was one: the outcome follows from the build's result alone. */
    void tellCaught() {
        if (mistake != null) {
            host.crashed(mistake.at(), mistake.what());
        }
    }

    private record Mistake(ScriptSource.Location at, String what) {}

    /**
     * The author's lines that led to an exception, for the log; none where the reason says all there is to say.
     *
     * @param standing where the script stands, if the exception does not know
     */
    List<String> calls(Throwable thrown, List<StackTraceElement> standing) {
        List<ScriptSource.Location> calls = script.calls(thrown.getStackTrace());
        if (calls.isEmpty()) {
            calls = script.calls(standing.toArray(StackTraceElement[]::new));
        }
        int told = thrown instanceof ReportedFailure ? 0 : 1;
        return calls.size() <= told
                ? List.of()
                : calls.stream().limit(MOST_CALLS).map(call -> "    at " + call).toList();
    }

    /** What an exception tells that came while the state was being written. */
    BuildResult unsaved(Throwable cause, List<StackTraceElement> standing) {
        return at(cause, standing, unsaved(cause));
    }

    private static String unsaved(Throwable cause) {
        if (cause instanceof NotSerializableException) {
            return "the script cannot be saved while it waits, because it holds a " + cause.getMessage()
                    + "; use it in a @NonCPS method, or set it to null before the next step";
        }
        return cause instanceof StackOverflowError
                ? "the script holds a value that is nested too deeply to be saved while it waits"
                : "the script cannot be saved while it waits: " + FailureWords.of(cause);
    }

    /** What a slice tells that ran for too long. */
    BuildResult overran(Slice slice, Throwable cause) {
        ScriptSource.Location place = slice.overranAt();
        if (place.line() == 0 && cause != null) {
            place = script.at(cause.getStackTrace());
        }
        host.crashed(place, slice.why());
        return new BuildResult(false, place + ": " + slice.why());
    }

    private BuildResult at(Throwable cause, List<StackTraceElement> standing, String message) {
        ScriptSource.Location place = script.at(cause.getStackTrace());
        if (place.line() == 0) {
            place = script.at(standing.toArray(StackTraceElement[]::new));
        }
        host.crashed(place, message);
        return new BuildResult(false, place + ": " + message);
    }

    private String told(Throwable cause) {
        if (cause instanceof MissingMethodException missing && script.type().equals(missing.getType())) {
            return STEPS.contains(missing.getMethod())
                    ? "the step '" + missing.getMethod() + "' cannot be called like this"
                    : "there is no step '" + missing.getMethod() + "'" + Nearest.hint(missing.getMethod(), STEPS);
        }
        if (cause instanceof MissingPropertyException missing && script.type().equals(missing.getType())) {
            return "there is no variable '" + missing.getProperty() + "'" + Nearest.hint(missing.getProperty(), STEPS);
        }
        return FailureWords.of(cause);
    }
}
