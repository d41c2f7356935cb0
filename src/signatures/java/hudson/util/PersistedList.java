package hudson.util;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class PersistedList<T> extends java.util.AbstractList<T> {
    protected PersistedList() {
        throw new UnsupportedOperationException();
    }

    public boolean add(T item) {
        throw new UnsupportedOperationException();
    }

    public T get(int index) {
        throw new UnsupportedOperationException();
    }

    public java.util.Iterator<T> iterator() {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }
}
