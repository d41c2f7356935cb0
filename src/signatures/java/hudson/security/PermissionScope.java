package hudson.security;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class PermissionScope {
    public static final hudson.security.PermissionScope JENKINS = absent();

    private static <A> A absent() {
        throw new UnsupportedOperationException();
    }

    private PermissionScope() {
        throw new UnsupportedOperationException();
    }
}
