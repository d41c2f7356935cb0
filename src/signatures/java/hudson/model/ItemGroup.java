package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface ItemGroup<T extends hudson.model.Item> extends hudson.model.ModelObject {
    default <T extends hudson.model.Item> Iterable<T> allItems(Class<T> type) {
        throw new UnsupportedOperationException();
    }
}
