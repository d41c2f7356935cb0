package hudson.triggers;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class TriggerDescriptor extends hudson.model.Descriptor<hudson.triggers.Trigger<?>> {
    protected TriggerDescriptor() {
        throw new UnsupportedOperationException();
    }
}
