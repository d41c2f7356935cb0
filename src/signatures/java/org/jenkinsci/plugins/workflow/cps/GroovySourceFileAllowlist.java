package org.jenkinsci.plugins.workflow.cps;

/** What promise jobs use of this class of workflow-cps; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class GroovySourceFileAllowlist {
    public GroovySourceFileAllowlist() {
        throw new UnsupportedOperationException();
    }

    public abstract boolean isAllowed(String groovySourceFileUrl);
}
