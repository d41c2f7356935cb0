package hudson.security;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class AccessDeniedException3 extends org.springframework.security.access.AccessDeniedException {
    public final hudson.security.Permission permission = null;

    public AccessDeniedException3(
            org.springframework.security.core.Authentication authentication, hudson.security.Permission permission) {
        super("");
        throw new UnsupportedOperationException();
    }
}
