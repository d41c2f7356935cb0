package hudson.slaves;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Cloud extends hudson.model.Actionable
        implements hudson.model.Describable<hudson.slaves.Cloud>, hudson.security.AccessControlled {
    protected Cloud(String name) {
        throw new UnsupportedOperationException();
    }
}
