package io.jenkins.plugins.promise.jenkins.steps.environment;

import hudson.Extension;
import org.jenkinsci.plugins.workflow.cps.CpsScript;
import org.jenkinsci.plugins.workflow.cps.GlobalVariable;

/** The variable {@code release}, which a script calls with what says how, and with a body that declares a worker for each act. */
@Extension
public final class ReleaseVariable extends GlobalVariable {
    private static final String NAME = "release";

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Object getValue(CpsScript script) throws Exception {
        return WorkScript.of(script, NAME);
    }
}
