package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class TransientActionFactory<T> {
    public TransientActionFactory() {
        throw new UnsupportedOperationException();
    }

    public abstract java.util.Collection<? extends hudson.model.Action> createFor(T target);

    public abstract Class<T> type();
}
