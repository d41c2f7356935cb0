package hudson.util;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class PluginServletFilter {
    public PluginServletFilter() {
        throw new UnsupportedOperationException();
    }

    public static void addFilter(jakarta.servlet.Filter filter) throws jakarta.servlet.ServletException {
        throw new UnsupportedOperationException();
    }
}
