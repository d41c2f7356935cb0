package io.jenkins.plugins.promise.engine.compiler;

import groovy.lang.Script;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A script ready to run.
 *
 * @param type its class
 * @param loader what its class and those in it are found with
 * @param unit what the class files call its source
 * @param source where its lines came from
 */
public record CompiledScript(Class<? extends Script> type, ClassLoader loader, String unit, ScriptSource source) {
    /** The innermost line of the script in a stack; the file as a whole if none is in it. */
    public ScriptSource.Location at(StackTraceElement[] stack) {
        for (StackTraceElement element : stack) {
            if (unit.equals(element.getFileName()) && element.getLineNumber() > 0) {
                return source.at(element.getLineNumber());
            }
        }
        return source.at(0);
    }

    /** All lines of the script in a stack, the innermost first; each once where it calls itself. */
    public List<ScriptSource.Location> calls(StackTraceElement[] stack) {
        List<ScriptSource.Location> calls = new ArrayList<>();
        for (StackTraceElement element : stack) {
            if (unit.equals(element.getFileName()) && element.getLineNumber() > 0) {
                ScriptSource.Location call = source.at(element.getLineNumber());
                if (calls.isEmpty() || !calls.get(calls.size() - 1).equals(call)) {
                    calls.add(call);
                }
            }
        }
        return calls;
    }
}
