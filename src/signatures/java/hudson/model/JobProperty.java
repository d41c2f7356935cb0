package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class JobProperty<J extends hudson.model.Job<?, ?>>
        implements hudson.model.ReconfigurableDescribable<hudson.model.JobProperty<?>>, hudson.tasks.BuildStep {
    protected transient J owner;

    public JobProperty() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.JobPropertyDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
