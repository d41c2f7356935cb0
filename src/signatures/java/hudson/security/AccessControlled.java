package hudson.security;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface AccessControlled {
    default void checkPermission(hudson.security.Permission permission)
            throws org.springframework.security.access.AccessDeniedException {
        throw new UnsupportedOperationException();
    }

    default boolean hasPermission(hudson.security.Permission permission) {
        throw new UnsupportedOperationException();
    }
}
