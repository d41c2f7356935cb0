package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class OneOffExecutor extends hudson.model.Executor {
    private OneOffExecutor() {
        throw new UnsupportedOperationException();
    }
}
