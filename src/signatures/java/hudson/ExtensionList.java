package hudson;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class ExtensionList<T> extends java.util.AbstractList<T> {
    public T get(int index) {
        throw new UnsupportedOperationException();
    }

    public <U extends T> U getInstance(Class<U> type) throws IllegalStateException {
        throw new UnsupportedOperationException();
    }

    public java.util.Iterator<T> iterator() {
        throw new UnsupportedOperationException();
    }

    public static <T> ExtensionList<T> lookup(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public static <U> U lookupSingleton(Class<U> type) {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }

    private ExtensionList() {
        throw new UnsupportedOperationException();
    }
}
