package hudson.security;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class ACLContext implements AutoCloseable {
    public void close() {
        throw new UnsupportedOperationException();
    }

    private ACLContext() {
        throw new UnsupportedOperationException();
    }
}
