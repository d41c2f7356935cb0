package io.jenkins.plugins.promise.jenkins.steps;

import hudson.Extension;
import org.jenkinsci.plugins.workflow.cps.CpsScript;
import org.jenkinsci.plugins.workflow.cps.GlobalVariable;
import org.jenkinsci.plugins.workflow.cps.GroovySourceFileAllowlist;

/**
 * The variable {@code phase}, which a script calls like the step of that name: it opens a stage around the step, for the
 * stage views know a stage by the step {@code stage} only.
 */
@Extension
public final class PhaseVariable extends GlobalVariable {
    private static final String DSL = "io.jenkins.plugins.promise.jenkins.steps.PhaseDsl";

    @Override
    public String getName() {
        return "phase";
    }

    @Override
    public Object getValue(CpsScript script) throws Exception {
        return script.getClass()
                .getClassLoader()
                .loadClass(DSL)
                .getConstructor(CpsScript.class)
                .newInstance(script);
    }

    /** Lets Pipeline compile this plugin's one Groovy file as trusted. */
    @Extension
    public static final class Allowlist extends GroovySourceFileAllowlist {
        @Override
        public boolean isAllowed(String url) {
            return url.equals(String.valueOf(PhaseVariable.class.getResource("/" + DSL.replace('.', '/') + ".groovy")));
        }
    }
}
