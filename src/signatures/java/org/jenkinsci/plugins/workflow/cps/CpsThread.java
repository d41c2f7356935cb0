package org.jenkinsci.plugins.workflow.cps;

/** What promise jobs use of this class of workflow-cps; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class CpsThread implements java.io.Serializable {
    public static org.jenkinsci.plugins.workflow.cps.CpsThread current() {
        throw new UnsupportedOperationException();
    }

    private CpsThread() {
        throw new UnsupportedOperationException();
    }
}
