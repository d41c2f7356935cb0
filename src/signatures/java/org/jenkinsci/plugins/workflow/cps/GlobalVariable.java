package org.jenkinsci.plugins.workflow.cps;

/** What promise jobs use of this class of workflow-cps; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class GlobalVariable {
    public GlobalVariable() {
        throw new UnsupportedOperationException();
    }

    public abstract String getName();

    public abstract Object getValue(org.jenkinsci.plugins.workflow.cps.CpsScript script) throws Exception;
}
