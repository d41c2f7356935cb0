package hudson.tasks;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class BuildStepDescriptor<T extends hudson.tasks.BuildStep & hudson.model.Describable<T>>
        extends hudson.model.Descriptor<T> {
    protected BuildStepDescriptor() {
        throw new UnsupportedOperationException();
    }

    public abstract boolean isApplicable(Class<? extends hudson.model.AbstractProject> jobType);
}
