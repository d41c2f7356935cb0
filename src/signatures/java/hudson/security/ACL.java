package hudson.security;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ACL {
    public static final org.springframework.security.core.Authentication SYSTEM2 = absent();

    private static <A> A absent() {
        throw new UnsupportedOperationException();
    }

    public ACL() {
        throw new UnsupportedOperationException();
    }

    public static hudson.security.ACLContext as2(org.springframework.security.core.Authentication auth) {
        throw new UnsupportedOperationException();
    }

    public boolean hasPermission2(
            org.springframework.security.core.Authentication a, hudson.security.Permission permission) {
        throw new UnsupportedOperationException();
    }

    public static boolean isAnonymous2(org.springframework.security.core.Authentication authentication) {
        throw new UnsupportedOperationException();
    }
}
