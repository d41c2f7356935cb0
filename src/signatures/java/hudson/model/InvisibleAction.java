package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class InvisibleAction implements hudson.model.Action {
    public InvisibleAction() {
        throw new UnsupportedOperationException();
    }

    public final String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public final String getIconFileName() {
        throw new UnsupportedOperationException();
    }

    public String getUrlName() {
        throw new UnsupportedOperationException();
    }
}
