package hudson.tasks;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Publisher extends hudson.tasks.BuildStepCompatibilityLayer
        implements hudson.model.Describable<hudson.tasks.Publisher> {
    protected Publisher() {
        throw new UnsupportedOperationException();
    }
}
