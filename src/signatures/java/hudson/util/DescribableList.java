package hudson.util;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class DescribableList<T extends hudson.model.Describable<T>, D extends hudson.model.Descriptor<T>>
        extends hudson.util.PersistedList<T> {
    private DescribableList() {
        throw new UnsupportedOperationException();
    }
}
