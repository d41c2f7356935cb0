package hudson.triggers;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Trigger<J extends hudson.model.Item>
        implements hudson.model.Describable<hudson.triggers.Trigger<?>> {
    protected Trigger() {
        throw new UnsupportedOperationException();
    }

    public hudson.triggers.TriggerDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
