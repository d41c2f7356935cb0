package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class AbstractDescribableImpl<T extends hudson.model.AbstractDescribableImpl<T>>
        implements hudson.model.Describable<T> {
    public AbstractDescribableImpl() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Descriptor<T> getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
