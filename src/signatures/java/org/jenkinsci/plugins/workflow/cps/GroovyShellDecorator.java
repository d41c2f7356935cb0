package org.jenkinsci.plugins.workflow.cps;

/** What promise jobs use of this class of workflow-cps; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class GroovyShellDecorator {
    public GroovyShellDecorator() {
        throw new UnsupportedOperationException();
    }

    public void configureCompiler(
            org.jenkinsci.plugins.workflow.cps.CpsFlowExecution context,
            org.codehaus.groovy.control.CompilerConfiguration cc) {
        throw new UnsupportedOperationException();
    }
}
