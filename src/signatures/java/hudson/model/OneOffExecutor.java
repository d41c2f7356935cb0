package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class OneOffExecutor extends hudson.model.Executor {
    public OneOffExecutor(hudson.model.Computer owner) {
        super(owner, 0);
        throw new UnsupportedOperationException();
    }
}
