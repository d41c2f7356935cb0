package io.jenkins.plugins.promise.jenkins.steps;

import groovy.lang.GroovyObject;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.report.Masker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsScript;
import org.jenkinsci.plugins.workflow.cps.GlobalVariable;

/**
 * The variable {@code report}, which a script calls like the step of that name: Pipeline writes a step's arguments down as
 * they are, and the build keeps what was reported, so the promise's secrets are masked before the step is called.
 */
@Extension
public final class ReportVariable extends GlobalVariable {
    private static final String STEPS = "steps";
    private static final String STEP = "report";

    @Override
    public String getName() {
        return STEP;
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

        /** The step. */
        public Object call(Object... arguments) throws IOException {
            GroovyObject steps = (GroovyObject) script.getBinding().getVariable(STEPS);
            List<String> secrets = secrets();
            if (secrets.isEmpty()) {
                return steps.invokeMethod(STEP, arguments);
            }
            Masker masker = new Masker(secrets);
            return steps.invokeMethod(
                    STEP,
                    Stream.of(arguments).map(given -> masked(masker, given)).toArray());
        }

        private List<String> secrets() throws IOException {
            try {
                Run<?, ?> run = script.$build();
                BuildPromiseAction action = run == null ? null : run.getAction(BuildPromiseAction.class);
                Promises promises = JenkinsController.get().promises();
                return action == null ? List.of() : promises.secrets().values(promises.find(action.getPromise()));
            } catch (Refused e) {
                throw new AbortException(e.getMessage());
            }
        }

        /** What is neither text nor number, nor made of such, is as it was; the step says so if it cannot be reported. */
        private static Object masked(Masker masker, Object value) {
            if (value instanceof Map<?, ?> map) {
                Map<Object, Object> masked = new LinkedHashMap<>();
                map.forEach((k, v) -> masked.put(masked(masker, k), masked(masker, v)));
                return masked;
            }
            if (value instanceof Collection<?> some) {
                List<Object> masked = new ArrayList<>();
                some.forEach(v -> masked.add(masked(masker, v)));
                return masked;
            }
            if (value instanceof CharSequence || value instanceof Number) {
                String text = masker.mask(value.toString());
                return value instanceof Number && text.equals(value.toString()) ? value : text;
            }
            return value;
        }
    }
}
