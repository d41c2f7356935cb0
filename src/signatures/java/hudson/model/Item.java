package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface Item extends hudson.search.SearchableModelObject, hudson.security.AccessControlled {
    static final hudson.security.Permission CREATE = absent();
    static final hudson.security.Permission DELETE = absent();
    static final hudson.security.Permission CONFIGURE = absent();
    static final hudson.security.Permission READ = absent();
    static final hudson.security.Permission EXTENDED_READ = absent();
    static final hudson.security.Permission BUILD = absent();

    static final hudson.security.Permission DISCOVER = absent();
    static final hudson.security.Permission CANCEL = absent();

    private static <A> A absent() {
        throw new UnsupportedOperationException();
    }

    String getFullName();

    String getName();
}
