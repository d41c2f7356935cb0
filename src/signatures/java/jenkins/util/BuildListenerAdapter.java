package jenkins.util;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class BuildListenerAdapter implements hudson.model.BuildListener {
    public BuildListenerAdapter(hudson.model.TaskListener delegate) {
        throw new UnsupportedOperationException();
    }

    public java.io.PrintStream getLogger() {
        throw new UnsupportedOperationException();
    }

    public static hudson.model.BuildListener wrap(hudson.model.TaskListener l) {
        throw new UnsupportedOperationException();
    }
}
