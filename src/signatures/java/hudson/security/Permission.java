package hudson.security;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class Permission {
    public final hudson.security.PermissionGroup group = absent();
    public final String name = absent();

    private static <A> A absent() {
        throw new UnsupportedOperationException();
    }

    public Permission(
            hudson.security.PermissionGroup group,
            String name,
            org.jvnet.localizer.Localizable description,
            hudson.security.Permission impliedBy,
            hudson.security.PermissionScope scope) {
        throw new UnsupportedOperationException();
    }

    public String getId() {
        throw new UnsupportedOperationException();
    }
}
