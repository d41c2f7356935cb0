package org.jenkinsci.plugins.workflow.cps;

/** What promise jobs use of this class of workflow-cps; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class CpsScript extends com.cloudbees.groovy.cps.SerializableScript {
    public hudson.model.Run<?, ?> $build() throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    private CpsScript() {
        throw new UnsupportedOperationException();
    }
}
