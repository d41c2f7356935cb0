package hudson.tasks;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Builder extends hudson.tasks.BuildStepCompatibilityLayer
        implements hudson.model.Describable<hudson.tasks.Builder> {
    public Builder() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Descriptor<hudson.tasks.Builder> getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
