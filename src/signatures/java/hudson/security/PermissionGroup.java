package hudson.security;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class PermissionGroup
        implements Iterable<hudson.security.Permission>, Comparable<hudson.security.PermissionGroup> {
    public final org.jvnet.localizer.Localizable title = absent();

    private static <A> A absent() {
        throw new UnsupportedOperationException();
    }

    public PermissionGroup(Class owner, org.jvnet.localizer.Localizable title) throws IllegalStateException {
        throw new UnsupportedOperationException();
    }

    public int compareTo(hudson.security.PermissionGroup that) {
        throw new UnsupportedOperationException();
    }

    public java.util.Iterator<hudson.security.Permission> iterator() {
        throw new UnsupportedOperationException();
    }
}
