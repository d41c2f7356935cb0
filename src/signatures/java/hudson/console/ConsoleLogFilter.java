package hudson.console;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ConsoleLogFilter {
    public ConsoleLogFilter() {
        throw new UnsupportedOperationException();
    }

    public java.io.OutputStream decorateLogger(hudson.model.AbstractBuild build, java.io.OutputStream logger)
            throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
