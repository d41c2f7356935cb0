package org.jenkinsci.plugins.workflow.actions;

/** What promise jobs use of this class of workflow-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class ErrorAction implements org.jenkinsci.plugins.workflow.actions.PersistentAction {
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public Throwable getError() {
        throw new UnsupportedOperationException();
    }

    public String getIconFileName() {
        throw new UnsupportedOperationException();
    }

    public String getUrlName() {
        throw new UnsupportedOperationException();
    }

    private ErrorAction() {
        throw new UnsupportedOperationException();
    }
}
