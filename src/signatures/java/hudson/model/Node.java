package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Node extends hudson.model.AbstractModelObject
        implements hudson.model.ReconfigurableDescribable<hudson.model.Node>, hudson.security.AccessControlled {
    public Node() {
        throw new UnsupportedOperationException();
    }

    public abstract hudson.model.Node.Mode getMode();

    /** See the class around it. */
    public enum Mode {
        NORMAL,
        EXCLUSIVE
    }
}
