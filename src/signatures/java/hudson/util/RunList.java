package hudson.util;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class RunList<R extends hudson.model.Run> extends java.util.AbstractList<R> {
    public R get(int index) {
        throw new UnsupportedOperationException();
    }

    public java.util.Iterator<R> iterator() {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }

    private RunList() {
        throw new UnsupportedOperationException();
    }
}
