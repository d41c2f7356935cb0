package hudson.security.csrf;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class CrumbExclusion {
    public CrumbExclusion() {
        throw new UnsupportedOperationException();
    }

    public boolean process(
            jakarta.servlet.http.HttpServletRequest request,
            jakarta.servlet.http.HttpServletResponse response,
            jakarta.servlet.FilterChain chain)
            throws java.io.IOException, jakarta.servlet.ServletException {
        throw new UnsupportedOperationException();
    }
}
