package io.jenkins.plugins.promise.jenkins.steps;

import groovy.lang.GroovyObject;
import hudson.Extension;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsScript;
import org.jenkinsci.plugins.workflow.cps.GlobalVariable;

/**
 * The variable {@code worker}, which a script calls like the step of that name: Pipeline writes a step's arguments down as
 * they are, so those that may hold secrets are sealed before the step is called.
 */
@Extension
public final class WorkerVariable extends GlobalVariable {
    private static final String STEPS = "steps";

    @Override
    public String getName() {
        return "worker";
    }

    @Override
    public Object getValue(CpsScript script) {
        return new Step(script);
    }

    /** What a script calls. It is called and forgotten, and is never saved with a program. */
    public static final class Step {
        private final CpsScript script;

        private Step(CpsScript script) {
            this.script = script;
        }

        /** The step, which suspends the script if it stands outside a phase. */
        public Object call(Map<String, Object> arguments) throws IOException {
            GroovyObject steps = (GroovyObject) script.getBinding().getVariable(STEPS);
            return steps.invokeMethod(
                    "worker", new Object[] {SealedInputs.of(script.$build(), WorkerCall.withShortFiles(arguments))});
        }
    }
}
