package hudson.security.csrf;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class CrumbIssuer implements hudson.model.Describable<hudson.security.csrf.CrumbIssuer> {
    private CrumbIssuer() {
        throw new UnsupportedOperationException();
    }

    public String getCrumbRequestField() {
        throw new UnsupportedOperationException();
    }
}
