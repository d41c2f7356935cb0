package io.jenkins.plugins.promise.jenkins.steps.environment;

import hudson.Extension;
import org.jenkinsci.plugins.workflow.cps.CpsScript;
import org.jenkinsci.plugins.workflow.cps.GroovySourceFileAllowlist;

/** The Groovy class that does the work of an environment, turn by turn: a Java step cannot give its body an argument. */
final class WorkScript {
    private static final String NAME = "io.jenkins.plugins.promise.jenkins.steps.environment.WorkDsl";

    private WorkScript() {}

    /**
     * What a script calls.
     *
     * @param begins the argument of {@link EnvironmentWorkStep} that begins the work
     */
    static Object of(CpsScript script, String begins) throws ReflectiveOperationException {
        return script.getClass()
                .getClassLoader()
                .loadClass(NAME)
                .getConstructor(CpsScript.class, String.class)
                .newInstance(script, begins);
    }

    /** Lets Pipeline compile it as trusted. */
    @Extension
    public static final class Allowlist extends GroovySourceFileAllowlist {
        @Override
        public boolean isAllowed(String url) {
            return url.equals(String.valueOf(WorkScript.class.getResource("/" + NAME.replace('.', '/') + ".groovy")));
        }
    }
}
