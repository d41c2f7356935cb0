package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class Result implements java.io.Serializable {
    public static final hudson.model.Result SUCCESS = absent();
    public static final hudson.model.Result FAILURE = absent();
    public static final hudson.model.Result ABORTED = absent();

    private static <A> A absent() {
        throw new UnsupportedOperationException();
    }

    public String toString() {
        throw new UnsupportedOperationException();
    }

    private Result() {
        throw new UnsupportedOperationException();
    }
}
